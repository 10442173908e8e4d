import type { PermissionProbe } from "./permission-probe";

export type PermissionEffect = "Allow" | "Deny";
export type PermissionRisk = "low" | "medium" | "high";
export type PermissionPhase = "ongoing" | "setup";

/** IAM condition block: operator → condition key → one or more values, all of them text as IAM compares them. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement that the vendor asks for: IAM's part goes into the template, `why` and `risk` into the review. */
export interface Permission {
  readonly sid: string;
  readonly effect: PermissionEffect;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: PolicyCondition;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** Why it must be as broad as it is; without it a whole service (`s3:*`) is refused and other wildcards are warned of. */
  readonly broad?: string;
  readonly probe?: PermissionProbe;
}

/** What of the vendor's declaration goes into the role's policies and trust. */
export interface RoleDeclaration {
  readonly serviceName: string;
  readonly ongoingPermissions: readonly Permission[];
  readonly setupPermissions: readonly Permission[];
  readonly trustedPrincipalArns: readonly string[];
  /** Partitions besides `aws`. */
  readonly partitions: Readonly<Record<string, Pick<RoleDeclaration, "trustedPrincipalArns">>>;
}

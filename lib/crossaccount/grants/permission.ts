import type { StatementScope } from "../policy/scope";
import type { PermissionProbe } from "./permission-probe";

export type PermissionEffect = "Allow" | "Deny";
export type PermissionRisk = "low" | "medium" | "high";
export type PermissionPhase = "ongoing" | "setup";

/** IAM condition block: operator → condition key → one or more values, all of them text as IAM compares them. */
export type PolicyCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * One statement that the vendor asks for: IAM's part goes into the template, `why` and `risk` into the review. It names either actions or
 * `notActions`, and either resources or `notResources`.
 */
export interface Permission extends StatementScope {
  readonly sid: string;
  readonly effect: PermissionEffect;
  readonly condition?: PolicyCondition;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** Why it must be as broad as it is; without it a whole service (`s3:*`) is refused and other wildcards are warned of. */
  readonly broad?: string;
  /** By which its author acknowledges that it leads to more than is listed, narrowed though it is; customers read it in red. */
  readonly escalates?: string;
  readonly probe?: PermissionProbe;
}

/** A policy by AWS that the template attaches as it is. AWS alone says what is in it, and changes it when it likes. */
export interface ManagedPolicyGrant {
  /** `arn:aws:iam::aws:policy/…`; the template puts the partition of the stack. */
  readonly arn: string;
  readonly why: string;
  readonly risk: PermissionRisk;
  /** By which its author acknowledges that it does more than read. */
  readonly escalates?: string;
}

/** What a phase grants. */
export interface PhaseGrants {
  readonly ongoingPermissions: readonly Permission[];
  readonly setupPermissions: readonly Permission[];
  readonly ongoingManagedPolicies: readonly ManagedPolicyGrant[];
  readonly setupManagedPolicies: readonly ManagedPolicyGrant[];
}

/** Permissions that a customer may choose, by a parameter of the stack. */
export interface Feature extends PhaseGrants {
  /** Letters and digits: the parameter is `Feature<Id>`. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Whether it is chosen unless the customer says otherwise. */
  readonly default: boolean;
}

/** What the role is besides its permissions. */
export interface RoleSettings {
  /** Of role and policies; `/<serviceName>/` unless given. */
  readonly path?: string;
  /** What the names of roles begin with; `<serviceName>-CrossAccount` unless given. */
  readonly name?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** What the role can do at most, whatever its policies allow: statements that the template makes a policy of, or a policy by AWS. */
  readonly boundary?: readonly BoundaryStatement[] | string;
}

/** One statement of a permissions boundary. An Allow there grants nothing: it says how far permissions reach. */
export type BoundaryStatement = Omit<Permission, "broad" | "escalates" | "probe">;

/** What of the vendor's declaration goes into the role's policies and trust. */
export interface RoleDeclaration extends PhaseGrants {
  readonly serviceName: string;
  readonly role: RoleSettings;
  readonly trustedPrincipalArns: readonly string[];
  readonly features: readonly Feature[];
  /** Partitions besides `aws`. */
  readonly partitions: Readonly<Record<string, Pick<RoleDeclaration, "trustedPrincipalArns">>>;
}

import { type Comparison, onKey } from "./condition";
import type { TrustPrincipal, TrustStatement } from "./document";
import { issuerOf, sharedIssuer } from "./shared-issuers";

export interface TrustParties {
  partition: string;
  vendorAccountId: string;
  /** The customer's own account, in which the role is. */
  accountId: string;
}

/** Who a principal of a trust policy is, as far as it matters who may use the role. */
export type PrincipalKind =
  | "vendor-account"
  | "vendor-identity"
  | "own-account"
  | "other-account"
  | "everyone"
  | "service"
  | "own-federation"
  | "shared-federation"
  | "other-federation"
  | "deleted"
  | "unknown";

export function principalKind({ type, value }: TrustPrincipal, parties: TrustParties): PrincipalKind {
  if (type === "Service") return "service";
  if (type === "Federated") return federationKind(value, parties);
  if (type !== "AWS") return "unknown";
  if (value === "*") return "everyone";
  // IAM shows the unique ID of a user or role that was deleted (IAM User Guide, reference_policies_elements_principal).
  if (/^A(ROA|IDA)[A-Z0-9]+$/.test(value)) return "deleted";
  const [, partition = parties.partition, , , account = value, resource = "root"] = value.split(":");
  if (partition !== parties.partition) return "other-account";
  if (account === parties.vendorAccountId) return resource === "root" ? "vendor-account" : "vendor-identity";
  return account === parties.accountId ? "own-account" : "other-account";
}

/** An account's own provider is made known to it by an ARN; AWS knows some shared ones by their host. */
function federationKind(value: string, { accountId }: TrustParties): PrincipalKind {
  const isOwn = value.split(":")[4] === accountId;
  if (value.includes(":") && !isOwn) return "other-federation";
  if (sharedIssuer(issuerOf(value))) return "shared-federation";
  return isOwn ? "own-federation" : "other-federation";
}

/** Whether conditions or principals let in those identities of the vendor alone that the template names. */
export function isPinned({ conditions }: TrustStatement, principal: string, trustedArns: readonly string[]): boolean {
  if (trustedArns.some((arn) => principal === arn || isSessionOf(arn, principal))) return true;
  return onKey(conditions, "aws:PrincipalArn").some(
    (found) => isPositive(found) && found.values.every((value) => trustedArns.includes(value)),
  );
}

/** A session's ARN holds the role's name without its path (IAM User Guide, reference_policies_elements_principal). */
function isSessionOf(roleArn: string, principal: string): boolean {
  const role = roleArn.replace(":iam:", ":sts:").replace(/:role\/(.*\/)?/, ":assumed-role/");
  return principal.startsWith(`${role}/`);
}

function isPositive(comparison: Comparison): boolean {
  return !comparison.passesWhenMissing && isComparison(comparison);
}

function isComparison({ operator }: Comparison): boolean {
  return /^(string|arn)(equals|like)$/.test(operator);
}

import { type Comparison, isPattern, onKey } from "./trust-condition";
import type { TrustPrincipal, TrustStatement } from "./trust-document";

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
  | "other-federation"
  | "deleted";

export function principalKind({ type, value }: TrustPrincipal, parties: TrustParties): PrincipalKind {
  if (type === "Service") return "service";
  if (type === "Federated") return value.split(":")[4] === parties.accountId ? "own-federation" : "other-federation";
  if (value === "*") return "everyone";
  // IAM shows the unique ID of a user or role that was deleted (IAM User Guide, reference_policies_elements_principal).
  if (/^A(ROA|IDA)[A-Z0-9]+$/.test(value)) return "deleted";
  const [, partition = parties.partition, , , account = value, resource = "root"] = value.split(":");
  if (partition !== parties.partition) return "other-account";
  if (account === parties.vendorAccountId) return resource === "root" ? "vendor-account" : "vendor-identity";
  return account === parties.accountId ? "own-account" : "other-account";
}

/** `vendor`: conditions let in identities of the vendor's account alone. `organization`: those of its organization. */
export type PrincipalLimit = "vendor" | "organization" | "none";

export function principalLimit(
  { conditions }: Pick<TrustStatement, "conditions">,
  parties: TrustParties,
): PrincipalLimit {
  const vendorArn = new RegExp(`^arn:${parties.partition}:(iam|sts)::${parties.vendorAccountId}:`);
  // In every signed request (IAM User Guide, reference_policies_condition-keys), so that IfExists takes nothing away.
  const byAccount = onKey(conditions, "aws:PrincipalAccount").some(
    (found) => isComparison(found) && found.values.every((value) => value === parties.vendorAccountId),
  );
  const byArn = onKey(conditions, "aws:PrincipalArn").some(
    (found) => isComparison(found) && found.values.every((value) => vendorArn.test(value)),
  );
  if (byAccount || byArn) return "vendor";
  const byOrganization = ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"].some((key) =>
    onKey(conditions, key).some((found) => isPositive(found) && found.values.every((value) => value.startsWith("o-"))),
  );
  return byOrganization ? "organization" : "none";
}

/** Whether conditions or principals name certain identities of the vendor rather than its whole account. */
export function isPinned({ conditions }: TrustStatement, kind: PrincipalKind): boolean {
  if (kind === "vendor-identity") return true;
  return onKey(conditions, "aws:PrincipalArn").some(
    (found) => isPositive(found) && found.values.every((value) => !isPattern(found, value)),
  );
}

function isPositive(comparison: Comparison): boolean {
  return !comparison.passesWhenMissing && isComparison(comparison);
}

function isComparison({ operator }: Comparison): boolean {
  return /^(string|arn)(equals|like)$/.test(operator);
}

import { type Comparison, comparisons, onKey } from "./condition";
import type { TrustPrincipal, TrustStatement } from "./document";

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
    onKey(conditions, key).some((found) => isPositive(found) && namesOneOrganization(found.values)),
  );
  return byOrganization ? "organization" : "none";
}

/** Organizations' IDs have ten letters and digits and more (Organizations API, Organization); a pattern may name any. */
function namesOneOrganization(values: readonly string[]): boolean {
  const [first = "", ...more] = values.map((value) => value.split("/")[0]);
  return /^o-[a-z0-9]{10,32}$/.test(first) && more.every((value) => value === first);
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

/**
 * Issuers that sign for everybody, and which claim of theirs says for whom; the audience is the sender's choice
 * (IAM User Guide, id_roles_providers_oidc_secure-by-default).
 */
const SHARED_ISSUERS = [
  "agent.buildkite.com",
  "api.pulumi.com/oidc",
  "app.terraform.io",
  "gitlab.com",
  "oidc.codefresh.io",
  "token.actions.githubusercontent.com",
];

/** Whether anybody may get a token that this provider's statement accepts: the issuer is shared, and no claim is compared. */
export function letsAnybodyIn({ conditions }: TrustStatement, provider: string): boolean {
  const issuer = provider.split(":oidc-provider/")[1]?.toLowerCase() ?? "";
  if (!SHARED_ISSUERS.includes(issuer)) return false;
  return !comparisons(conditions).some((found) => {
    const key = found.key.toLowerCase();
    const isClaim = key.startsWith(`${issuer}:`) && key !== `${issuer}:aud`;
    return isClaim && isPositive(found) && found.values.every((value) => certainPart(value) !== "");
  });
}

/** What is certain of a claim such as `repo:acme/*`, besides what kind of claim it is. */
function certainPart(value: string): string {
  const certain = value.split(/[*?]|\$\{/)[0] ?? "";
  return certain === value ? value : certain.split(":").slice(1).join(":");
}

function isPositive(comparison: Comparison): boolean {
  return !comparison.passesWhenMissing && isComparison(comparison);
}

function isComparison({ operator }: Comparison): boolean {
  return /^(string|arn)(equals|like)$/.test(operator);
}

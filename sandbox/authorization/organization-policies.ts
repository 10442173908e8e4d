import { propagatedMembership } from "../organization/state";
import { parsePolicy } from "../policy/document";
import type { Policies } from "../policy/evaluate";
import type { Principal } from "../service";
import type { Store } from "../store";
import type { Clock } from "../store/versioned";

/** Services whose resources such policies reach. https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html */
const underResourceControl = ["s3", "sts", "kms", "sqs", "secretsmanager", "dynamodb", "ecr", "logs"];

/** Service control policies of the caller's account and resource control policies of the resource's. */
export function organizationPolicies(
  { principal, store, ...clock }: Clock & { principal: Principal; store: Store },
  { action, resourceAccountId }: { action: string; resourceAccountId: string },
): Pick<Policies, "serviceControl" | "resourceControl"> {
  const own = propagatedMembership(store, principal.accountId, clock);
  const owner = propagatedMembership(store, resourceAccountId, clock);
  const reached = underResourceControl.includes(action.split(":")[0]?.toLowerCase() ?? "");
  return {
    serviceControl: (own?.serviceControlPolicies ?? []).map(parsePolicy),
    resourceControl: (reached ? (owner?.resourceControlPolicies ?? []) : []).map(parsePolicy),
  };
}

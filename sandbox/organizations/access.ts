import { type Organization, organizationOf } from "../organization/organizations";
import type { RequestContext } from "../service";
import { notAllowed, notInUse } from "./error";

/** The caller's organization, if the caller may do this with it; reading about it suffices for nobody but its management account. */
export function managed(action: string, context: RequestContext): Organization {
  const organization = member(action, context);
  if (organization.managementAccountId !== context.accountId) throw notAllowed();
  return organization;
}

/** The same for what members may ask, too. */
export function member(action: string, context: RequestContext): Organization {
  context.authorize({ action: `organizations:${action}`, resource: "*" });
  const organization = organizationOf(context.store, context.accountId, context.partition);
  if (!organization) throw notInUse();
  return organization;
}

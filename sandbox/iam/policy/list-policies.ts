import { flag, optional, read, text } from "../../input";
import type { Operation } from "../../service";
import { awsManagedPolicies } from "../aws-managed-policies";
import { paginate } from "../paging";
import { paging, pathPrefix } from "../parameters";
import { attachedRoles, renderPolicy } from "../render";
import { ownAccount } from "../state";
import { latest } from "../versioned";

export const listPolicies: Operation = (input, context) => {
  const {
    Scope = "All",
    OnlyAttached = false,
    PathPrefix = "/",
    ...page
  } = read(input, {
    Scope: optional(text({ pattern: /^(All|AWS|Local)$/ })),
    OnlyAttached: optional(flag()),
    PathPrefix: pathPrefix,
    ...paging,
  });
  const { store, partition, accountId } = context;
  context.authorize({ action: "iam:ListPolicies", resource: `arn:${partition}:iam::${accountId}:policy${PathPrefix}` });
  const local = Object.values(ownAccount(context).policies).flatMap((entity) => latest(entity) ?? []);
  const policies = [...(Scope === "AWS" ? [] : local), ...(Scope === "Local" ? [] : awsManagedPolicies(partition))]
    .filter(({ path }) => path.startsWith(PathPrefix))
    .filter(({ arn }) => !OnlyAttached || attachedRoles(arn, store, partition, accountId).length > 0);
  const result = paginate(policies, ({ arn }) => arn, page);
  return { Policies: result.page.map((policy) => renderPolicy(policy, store)), ...result.position };
};

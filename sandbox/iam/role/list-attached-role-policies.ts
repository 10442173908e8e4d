import { read } from "../../input";
import type { Operation } from "../../service";
import { paginate } from "../paging";
import { paging, pathPrefix, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { findPolicy } from "../state";

export const listAttachedRolePolicies: Operation = (input, context) => {
  const {
    RoleName,
    PathPrefix = "/",
    ...page
  } = read(input, {
    RoleName: roleName,
    PathPrefix: pathPrefix,
    ...paging,
  });
  const role = authorizedRole("iam:ListAttachedRolePolicies", RoleName, context);
  const policies = role.attachedPolicies
    .flatMap((arn) => findPolicy(context.store, arn) ?? [])
    .filter(({ path }) => path.startsWith(PathPrefix));
  const result = paginate(policies, ({ arn }) => arn, page);
  return {
    AttachedPolicies: result.page.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    ...result.position,
  };
};

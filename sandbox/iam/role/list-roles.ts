import { read } from "../../input";
import type { Operation } from "../../service";
import { paginate } from "../paging";
import { paging, pathPrefix } from "../parameters";
import { renderRole } from "../render";
import { roleArn } from "../role-access";
import { ownAccount } from "../state";
import { latest } from "../versioned";

export const listRoles: Operation = (input, context) => {
  const { PathPrefix = "/", ...page } = read(input, { PathPrefix: pathPrefix, ...paging });
  context.authorize({ action: "iam:ListRoles", resource: roleArn(context, PathPrefix, "") });
  const roles = Object.values(ownAccount(context).roles)
    .flatMap((entity) => latest(entity) ?? [])
    .filter(({ path }) => path.startsWith(PathPrefix));
  const result = paginate(roles, ({ name }) => name, page);
  return { Roles: result.page.map((role) => renderRole(role, context.store)), ...result.position };
};

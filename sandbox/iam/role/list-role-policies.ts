import { read } from "../../input";
import type { Operation } from "../../service";
import { paginate } from "../paging";
import { paging, roleName } from "../parameters";
import { authorizedRole } from "../role-access";

export const listRolePolicies: Operation = (input, context) => {
  const { RoleName, ...page } = read(input, { RoleName: roleName, ...paging });
  const role = authorizedRole("iam:ListRolePolicies", RoleName, context);
  const result = paginate(Object.keys(role.inlinePolicies), (name) => name, page);
  return { PolicyNames: result.page, ...result.position };
};

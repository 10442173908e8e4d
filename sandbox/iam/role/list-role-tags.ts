import { read } from "../../input";
import type { Operation } from "../../service";
import { paginate } from "../paging";
import { paging, roleName } from "../parameters";
import { authorizedRole } from "../role-access";

export const listRoleTags: Operation = (input, context) => {
  const { RoleName, ...page } = read(input, { RoleName: roleName, ...paging });
  const role = authorizedRole("iam:ListRoleTags", RoleName, context);
  const result = paginate(role.tags, ({ Key }) => Key, page);
  return { Tags: result.page, ...result.position };
};

import { read } from "../protocol/input";
import type { Operation } from "../service";
import { paginate } from "./paging";
import { paging, roleName, tagKeys, tags } from "./parameters";
import { authorizedRole } from "./role-access";
import { saveRole } from "./state";
import { requestTagKeys, withTags } from "./tags";

export const tagRole: Operation = (input, context) => {
  const { RoleName, Tags } = read(input, { RoleName: roleName, Tags: tags });
  const role = authorizedRole("iam:TagRole", RoleName, context, requestTagKeys(Tags));
  saveRole(context, { ...role, tags: withTags(role.tags, Tags) });
};

export const untagRole: Operation = (input, context) => {
  const { RoleName, TagKeys } = read(input, { RoleName: roleName, TagKeys: tagKeys });
  const role = authorizedRole("iam:UntagRole", RoleName, context, { "aws:TagKeys": TagKeys });
  const gone = TagKeys.map((key) => key.toLowerCase());
  saveRole(context, { ...role, tags: role.tags.filter(({ Key }) => !gone.includes(Key.toLowerCase())) });
};

export const listRoleTags: Operation = (input, context) => {
  const { RoleName, ...page } = read(input, { RoleName: roleName, ...paging });
  const role = authorizedRole("iam:ListRoleTags", RoleName, context);
  const result = paginate(role.tags, ({ Key }) => Key, page);
  return { Tags: result.page, ...result.position };
};

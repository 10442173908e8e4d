import { read } from "../../input";
import type { Operation } from "../../service";
import { roleName, tagKeys } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";

export const untagRole: Operation = (input, context) => {
  const { RoleName, TagKeys } = read(input, { RoleName: roleName, TagKeys: tagKeys });
  const role = authorizedRole("iam:UntagRole", RoleName, context, { "aws:TagKeys": TagKeys });
  const gone = TagKeys.map((key) => key.toLowerCase());
  saveRole(context, { ...role, tags: role.tags.filter(({ Key }) => !gone.includes(Key.toLowerCase())) });
};

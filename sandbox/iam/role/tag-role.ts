import { read } from "../../input";
import type { Operation } from "../../service";
import { roleName, tags } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";
import { requestTagKeys, withTags } from "../tags";

export const tagRole: Operation = (input, context) => {
  const { RoleName, Tags } = read(input, { RoleName: roleName, Tags: tags });
  const role = authorizedRole("iam:TagRole", RoleName, context, requestTagKeys(Tags));
  saveRole(context, { ...role, tags: withTags(role.tags, Tags) });
};

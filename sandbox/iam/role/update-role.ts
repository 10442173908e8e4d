import { read } from "../../input";
import type { Operation } from "../../service";
import { description, maxSessionDuration, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";

export const updateRole: Operation = (input, context) => {
  const { RoleName, Description, MaxSessionDuration } = read(input, {
    RoleName: roleName,
    Description: description,
    MaxSessionDuration: maxSessionDuration,
  });
  const role = authorizedRole("iam:UpdateRole", RoleName, context);
  saveRole(context, {
    ...role,
    ...(Description === undefined ? {} : { description: Description }),
    ...(MaxSessionDuration === undefined ? {} : { maxSessionDuration: MaxSessionDuration }),
  });
  return {};
};

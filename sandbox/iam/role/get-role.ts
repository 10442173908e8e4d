import { read } from "../../input";
import type { Operation } from "../../service";
import { roleName } from "../parameters";
import { renderWholeRole } from "../render";
import { authorizedRole } from "../role-access";

export const getRole: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  return { Role: renderWholeRole(authorizedRole("iam:GetRole", RoleName, context), context) };
};

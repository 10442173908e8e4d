import { read } from "../../input";
import { uriEncode } from "../../protocol/canonical-request";
import type { Operation } from "../../service";
import { policyName, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { inlinePolicy } from "./inline-policy";

export const getRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName } = read(input, { RoleName: roleName, PolicyName: policyName });
  const role = authorizedRole("iam:GetRolePolicy", RoleName, context);
  return { RoleName: role.name, PolicyName, PolicyDocument: uriEncode(inlinePolicy(role, PolicyName)) };
};

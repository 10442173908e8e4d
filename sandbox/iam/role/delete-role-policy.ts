import { read } from "../../input";
import type { Operation } from "../../service";
import { policyName, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";
import { inlinePolicy } from "./inline-policy";

export const deleteRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName } = read(input, { RoleName: roleName, PolicyName: policyName });
  const role = authorizedRole("iam:DeleteRolePolicy", RoleName, context);
  inlinePolicy(role, PolicyName);
  const { [PolicyName]: _, ...inlinePolicies } = role.inlinePolicies;
  saveRole(context, { ...role, inlinePolicies });
};

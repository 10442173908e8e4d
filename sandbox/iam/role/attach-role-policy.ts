import { read } from "../../input";
import type { Operation } from "../../service";
import { arn, roleName } from "../parameters";
import { exceeded } from "../quota";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";
import { attachablePolicy } from "./attachable-policy";

const MAXIMUM_ATTACHED = 10;

export const attachRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyArn } = read(input, { RoleName: roleName, PolicyArn: arn });
  const role = authorizedRole("iam:AttachRolePolicy", RoleName, context, { "iam:PolicyARN": PolicyArn });
  attachablePolicy(PolicyArn, context);
  if (role.attachedPolicies.includes(PolicyArn)) return;
  if (role.attachedPolicies.length >= MAXIMUM_ATTACHED) {
    throw exceeded(`Cannot exceed quota for PoliciesPerRole: ${MAXIMUM_ATTACHED}`);
  }
  saveRole(context, { ...role, attachedPolicies: [...role.attachedPolicies, PolicyArn] });
};

import { read } from "../../input";
import { AwsError, type Operation } from "../../service";
import { arn, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";

export const detachRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyArn } = read(input, { RoleName: roleName, PolicyArn: arn });
  const role = authorizedRole("iam:DetachRolePolicy", RoleName, context, { "iam:PolicyARN": PolicyArn });
  if (!role.attachedPolicies.includes(PolicyArn)) {
    throw new AwsError("NoSuchEntity", `Policy ${PolicyArn} was not found.`, 404);
  }
  saveRole(context, { ...role, attachedPolicies: role.attachedPolicies.filter((attached) => attached !== PolicyArn) });
};

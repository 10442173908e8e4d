import { read } from "../../input";
import { validatePolicy } from "../../policy/validate";
import type { Operation } from "../../service";
import { document, policyName, roleName } from "../parameters";
import { requireInlinePolicySize } from "../quota";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";

export const putRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName, PolicyDocument } = read(input, {
    RoleName: roleName,
    PolicyName: policyName,
    PolicyDocument: document,
  });
  const role = authorizedRole("iam:PutRolePolicy", RoleName, context);
  validatePolicy(PolicyDocument, "identity", context.partition);
  const inlinePolicies = { ...role.inlinePolicies, [PolicyName]: PolicyDocument };
  requireInlinePolicySize(role.name, Object.values(inlinePolicies));
  saveRole(context, { ...role, inlinePolicies });
};

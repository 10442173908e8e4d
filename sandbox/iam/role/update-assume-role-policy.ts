import { read } from "../../input";
import type { Operation } from "../../service";
import { document, roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";
import { storedTrustPolicy } from "../trust-policy";

export const updateAssumeRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyDocument } = read(input, { RoleName: roleName, PolicyDocument: document });
  const role = authorizedRole("iam:UpdateAssumeRolePolicy", RoleName, context);
  saveRole(context, { ...role, ...storedTrustPolicy(PolicyDocument, context) });
};

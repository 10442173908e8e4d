import { read } from "../../input";
import type { Operation } from "../../service";
import { arn, roleName } from "../parameters";
import { authorizedRole, requireBoundaryPolicy } from "../role-access";
import { saveRole } from "../state";

export const putRolePermissionsBoundary: Operation = (input, context) => {
  const { RoleName, PermissionsBoundary } = read(input, { RoleName: roleName, PermissionsBoundary: arn });
  const role = authorizedRole("iam:PutRolePermissionsBoundary", RoleName, context, {
    "iam:PermissionsBoundary": PermissionsBoundary,
  });
  requireBoundaryPolicy(PermissionsBoundary, context);
  saveRole(context, { ...role, permissionsBoundary: PermissionsBoundary });
};

import { read } from "../../input";
import { AwsError, type Operation } from "../../service";
import { roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { saveRole } from "../state";

export const deleteRolePermissionsBoundary: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  const role = authorizedRole("iam:DeleteRolePermissionsBoundary", RoleName, context);
  if (role.permissionsBoundary === undefined) {
    throw new AwsError("NoSuchEntity", `Role ${RoleName} does not have a permissions boundary.`, 404);
  }
  const { permissionsBoundary: _, ...unbounded } = role;
  saveRole(context, unbounded);
};

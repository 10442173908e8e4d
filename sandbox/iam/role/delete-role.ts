import { read } from "../../input";
import { AwsError, type Operation } from "../../service";
import { roleName } from "../parameters";
import { authorizedRole } from "../role-access";
import { removeRole } from "../state";

export const deleteRole: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  const role = authorizedRole("iam:DeleteRole", RoleName, context);
  if (role.attachedPolicies.length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  }
  if (Object.keys(role.inlinePolicies).length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  }
  removeRole(context, role.name);
};

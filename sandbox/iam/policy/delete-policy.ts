import { read } from "../../input";
import { AwsError, type Operation } from "../../service";
import { arn } from "../parameters";
import { attachedRoles } from "../render";
import { removePolicy } from "../state";
import { changeablePolicy } from "./policy-access";

export const deletePolicy: Operation = (input, context) => {
  const { PolicyArn } = read(input, { PolicyArn: arn });
  const policy = changeablePolicy("iam:DeletePolicy", PolicyArn, context);
  if (attachedRoles(PolicyArn, context.store, context.partition, context.accountId).length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
  }
  if (policy.versions.length > 1) {
    throw new AwsError(
      "DeleteConflict",
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      409,
    );
  }
  removePolicy(context, policy.name);
};

import { read } from "../../input";
import { AwsError, type Operation } from "../../service";
import { arn, versionId } from "../parameters";
import { savePolicy } from "../state";
import { changeablePolicy, versionOf } from "./policy-access";

export const deletePolicyVersion: Operation = (input, context) => {
  const { PolicyArn, VersionId } = read(input, { PolicyArn: arn, VersionId: versionId });
  const policy = changeablePolicy("iam:DeletePolicyVersion", PolicyArn, context);
  const version = versionOf(policy, VersionId);
  if (version.id === policy.defaultVersionId) {
    throw new AwsError("DeleteConflict", "Cannot delete the default version of a policy.", 409);
  }
  const versions = policy.versions.filter(({ id }) => id !== version.id);
  savePolicy(context, { ...policy, versions, updatedAt: context.now().toISOString() });
};

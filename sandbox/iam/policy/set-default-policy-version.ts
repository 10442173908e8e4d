import { read } from "../../input";
import type { Operation } from "../../service";
import { arn, versionId } from "../parameters";
import { savePolicy } from "../state";
import { changeablePolicy, versionOf } from "./policy-access";

export const setDefaultPolicyVersion: Operation = (input, context) => {
  const { PolicyArn, VersionId } = read(input, { PolicyArn: arn, VersionId: versionId });
  const policy = changeablePolicy("iam:SetDefaultPolicyVersion", PolicyArn, context);
  const { id } = versionOf(policy, VersionId);
  savePolicy(context, { ...policy, defaultVersionId: id, updatedAt: context.now().toISOString() });
};

import { read } from "../../input";
import type { Operation } from "../../service";
import { arn, versionId } from "../parameters";
import { renderWholeVersion } from "../render";
import { authorizedPolicy, versionOf } from "./policy-access";

export const getPolicyVersion: Operation = (input, context) => {
  const { PolicyArn, VersionId } = read(input, { PolicyArn: arn, VersionId: versionId });
  const policy = authorizedPolicy("iam:GetPolicyVersion", PolicyArn, context);
  return { PolicyVersion: renderWholeVersion(versionOf(policy, VersionId), policy) };
};

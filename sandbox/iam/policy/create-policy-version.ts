import { flag, optional, read } from "../../input";
import { validatePolicy } from "../../policy/validate";
import type { Operation } from "../../service";
import { arn, document } from "../parameters";
import { exceeded, requireManagedPolicySize } from "../quota";
import { renderVersion } from "../render";
import { savePolicy } from "../state";
import { changeablePolicy } from "./policy-access";

const MAXIMUM_VERSIONS = 5;

export const createPolicyVersion: Operation = (input, context) => {
  const {
    PolicyArn,
    PolicyDocument,
    SetAsDefault = false,
  } = read(input, {
    PolicyArn: arn,
    PolicyDocument: document,
    SetAsDefault: optional(flag()),
  });
  const policy = changeablePolicy("iam:CreatePolicyVersion", PolicyArn, context);
  validatePolicy(PolicyDocument, "identity", context.partition);
  requireManagedPolicySize(PolicyDocument);
  if (policy.versions.length >= MAXIMUM_VERSIONS) {
    throw exceeded(
      "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
    );
  }
  const createdAt = context.now().toISOString();
  const lastVersion = policy.lastVersion + 1;
  const version = { id: `v${lastVersion}`, document: PolicyDocument, createdAt };
  const changed = {
    ...policy,
    lastVersion,
    updatedAt: createdAt,
    versions: [version, ...policy.versions],
    ...(SetAsDefault ? { defaultVersionId: version.id } : {}),
  };
  savePolicy(context, changed);
  return { PolicyVersion: renderVersion(version, changed) };
};

import { validatePolicy } from "../policy/validate";
import { flag, optional, read } from "../protocol/input";
import { AwsError, type Operation } from "../service";
import { paginate } from "./paging";
import { arn, document, paging, versionId } from "./parameters";
import { authorizedPolicy, changeablePolicy, versionOf } from "./policy-access";
import { exceeded, requireManagedPolicySize } from "./quota";
import { renderVersion, renderWholeVersion } from "./render";
import { savePolicy } from "./state";

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

export const getPolicyVersion: Operation = (input, context) => {
  const { PolicyArn, VersionId } = read(input, { PolicyArn: arn, VersionId: versionId });
  const policy = authorizedPolicy("iam:GetPolicyVersion", PolicyArn, context);
  return { PolicyVersion: renderWholeVersion(versionOf(policy, VersionId), policy) };
};

export const listPolicyVersions: Operation = (input, context) => {
  const { PolicyArn, ...page } = read(input, { PolicyArn: arn, ...paging });
  const policy = authorizedPolicy("iam:ListPolicyVersions", PolicyArn, context);
  const newestFirst = ({ id }: { id: string }) => String(1_000_000 - Number(id.slice(1)));
  const result = paginate(policy.versions, newestFirst, page);
  return { Versions: result.page.map((version) => renderVersion(version, policy)), ...result.position };
};

export const setDefaultPolicyVersion: Operation = (input, context) => {
  const { PolicyArn, VersionId } = read(input, { PolicyArn: arn, VersionId: versionId });
  const policy = changeablePolicy("iam:SetDefaultPolicyVersion", PolicyArn, context);
  const { id } = versionOf(policy, VersionId);
  savePolicy(context, { ...policy, defaultVersionId: id, updatedAt: context.now().toISOString() });
};

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

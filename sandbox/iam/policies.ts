import { validatePolicy } from "../policy/validate";
import { flag, optional, read, text } from "../protocol/input";
import { AwsError, type Operation } from "../service";
import { latest } from "../store/versioned";
import { awsManagedPolicies } from "./aws-managed-policies";
import type { ManagedPolicy } from "./entities";
import { paginate } from "./paging";
import { arn, description, document, paging, path, pathPrefix, policyName, tags } from "./parameters";
import { authorizedPolicy, changeablePolicy } from "./policy-access";
import { exceeded, requireManagedPolicySize } from "./quota";
import { attachedRoles, renderPolicy } from "./render";
import { nameKey, ownAccount, removePolicy, savePolicy } from "./state";
import { requestTagKeys, withTags } from "./tags";
import { uniqueId } from "./unique-id";

const MAXIMUM_POLICIES = 1500;

export const createPolicy: Operation = (input, context) => {
  const {
    PolicyName,
    Path = "/",
    PolicyDocument,
    Description,
    Tags,
  } = read(input, {
    PolicyName: policyName,
    Path: path,
    PolicyDocument: document,
    Description: description,
    Tags: tags,
  });
  const arn = `arn:${context.partition}:iam::${context.accountId}:policy${Path}${PolicyName}`;
  const conditionKeys = requestTagKeys(Tags);
  context.authorize({ action: "iam:CreatePolicy", resource: arn, conditionKeys });
  if (Tags.length > 0) context.authorize({ action: "iam:TagPolicy", resource: arn, conditionKeys });
  validatePolicy(PolicyDocument, "identity", context.partition);
  requireManagedPolicySize(PolicyDocument);
  const { policies } = ownAccount(context);
  if (latest(policies[nameKey(PolicyName)])) {
    throw new AwsError(
      "EntityAlreadyExists",
      `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
      409,
    );
  }
  if (Object.values(policies).filter((entity) => latest(entity)).length >= MAXIMUM_POLICIES) {
    throw exceeded(`Cannot exceed quota for PoliciesPerAccount: ${MAXIMUM_POLICIES}`);
  }
  const createdAt = context.now().toISOString();
  const policy: ManagedPolicy = {
    name: PolicyName,
    id: uniqueId("ANPA"),
    arn,
    path: Path,
    ...(Description === undefined ? {} : { description: Description }),
    createdAt,
    updatedAt: createdAt,
    defaultVersionId: "v1",
    lastVersion: 1,
    versions: [{ id: "v1", document: PolicyDocument, createdAt }],
    tags: withTags([], Tags),
  };
  savePolicy(context, policy);
  return { Policy: renderPolicy(policy, context.store) };
};

export const getPolicy: Operation = (input, context) => {
  const { PolicyArn } = read(input, { PolicyArn: arn });
  return { Policy: renderPolicy(authorizedPolicy("iam:GetPolicy", PolicyArn, context), context.store) };
};

export const listPolicies: Operation = (input, context) => {
  const {
    Scope = "All",
    OnlyAttached = false,
    PathPrefix = "/",
    ...page
  } = read(input, {
    Scope: optional(text({ pattern: /^(All|AWS|Local)$/ })),
    OnlyAttached: optional(flag()),
    PathPrefix: pathPrefix,
    ...paging,
  });
  const { store, partition, accountId } = context;
  context.authorize({ action: "iam:ListPolicies", resource: `arn:${partition}:iam::${accountId}:policy${PathPrefix}` });
  const local = Object.values(ownAccount(context).policies).flatMap((entity) => latest(entity) ?? []);
  const policies = [...(Scope === "AWS" ? [] : local), ...(Scope === "Local" ? [] : awsManagedPolicies(partition))]
    .filter(({ path }) => path.startsWith(PathPrefix))
    .filter(({ arn }) => !OnlyAttached || attachedRoles(arn, store, partition, accountId).length > 0);
  const result = paginate(policies, ({ arn }) => arn, page);
  return { Policies: result.page.map((policy) => renderPolicy(policy, store)), ...result.position };
};

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

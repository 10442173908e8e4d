import { read } from "../../input";
import { validatePolicy } from "../../policy/validate";
import { AwsError, type Operation } from "../../service";
import type { ManagedPolicy } from "../entities";
import { description, document, path, policyName, tags } from "../parameters";
import { exceeded, requireManagedPolicySize } from "../quota";
import { renderPolicy } from "../render";
import { nameKey, ownAccount, savePolicy } from "../state";
import { requestTagKeys, withTags } from "../tags";
import { uniqueId } from "../unique-id";
import { latest } from "../versioned";

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

import { optional, read } from "../../input";
import { AwsError, type Operation } from "../../service";
import type { Role } from "../entities";
import { arn, description, document, maxSessionDuration, path, roleName, tags } from "../parameters";
import { exceeded } from "../quota";
import { renderWholeRole } from "../render";
import { requireBoundaryPolicy, roleArn } from "../role-access";
import { findRole, ownAccount, saveRole } from "../state";
import { requestTagKeys, withTags } from "../tags";
import { storedTrustPolicy } from "../trust-policy";
import { uniqueId } from "../unique-id";
import { latest } from "../versioned";

const MAXIMUM_ROLES = 1000;

export const createRole: Operation = (input, context) => {
  const parameters = read(input, {
    RoleName: roleName,
    Path: path,
    AssumeRolePolicyDocument: document,
    Description: description,
    MaxSessionDuration: maxSessionDuration,
    PermissionsBoundary: optional(arn),
    Tags: tags,
  });
  const { RoleName, Path = "/", Description, MaxSessionDuration = 3600, PermissionsBoundary, Tags } = parameters;
  const resource = roleArn(context, Path, RoleName);
  const conditionKeys = {
    ...requestTagKeys(Tags),
    ...(PermissionsBoundary ? { "iam:PermissionsBoundary": PermissionsBoundary } : {}),
  };
  context.authorize({ action: "iam:CreateRole", resource, conditionKeys });
  if (Tags.length > 0) context.authorize({ action: "iam:TagRole", resource, conditionKeys });
  const trust = storedTrustPolicy(parameters.AssumeRolePolicyDocument, context);
  requireBoundaryPolicy(PermissionsBoundary, context);
  const account = ownAccount(context);
  if (findRole(account, RoleName)) {
    throw new AwsError("EntityAlreadyExists", `Role with name ${RoleName} already exists.`, 409);
  }
  if (Object.values(account.roles).filter((entity) => latest(entity)).length >= MAXIMUM_ROLES) {
    throw exceeded(`Cannot exceed quota for RolesPerAccount: ${MAXIMUM_ROLES}`);
  }
  const role: Role = {
    name: RoleName,
    id: uniqueId("AROA"),
    arn: resource,
    path: Path,
    createdAt: context.now().toISOString(),
    ...(Description === undefined ? {} : { description: Description }),
    ...trust,
    maxSessionDuration: MaxSessionDuration,
    inlinePolicies: {},
    attachedPolicies: [],
    ...(PermissionsBoundary ? { permissionsBoundary: PermissionsBoundary } : {}),
    tags: withTags([], Tags),
  };
  saveRole(context, role);
  return { Role: renderWholeRole(role, context) };
};

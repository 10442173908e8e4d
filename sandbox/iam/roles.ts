import { optional, read } from "../protocol/input";
import { AwsError, type Operation } from "../service";
import { latest } from "../store/versioned";
import type { Role } from "./entities";
import { profilesOf } from "./instance-profiles";
import { paginate } from "./paging";
import { arn, description, document, maxSessionDuration, paging, path, pathPrefix, roleName, tags } from "./parameters";
import { exceeded } from "./quota";
import { renderRole, renderWholeRole } from "./render";
import { authorizedRole, requireBoundaryPolicy, roleArn } from "./role-access";
import { findRole, ownAccount, removeRole, saveRole } from "./state";
import { requestTagKeys, withTags } from "./tags";
import { storedTrustPolicy } from "./trust-policy";
import { uniqueId } from "./unique-id";

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
  if (Path.startsWith("/aws-service-role/")) {
    throw new AwsError(
      "InvalidInput",
      "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
    );
  }
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

export const getRole: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  return { Role: renderWholeRole(authorizedRole("iam:GetRole", RoleName, context), context) };
};

export const listRoles: Operation = (input, context) => {
  const { PathPrefix = "/", ...page } = read(input, { PathPrefix: pathPrefix, ...paging });
  context.authorize({ action: "iam:ListRoles", resource: roleArn(context, PathPrefix, "") });
  const roles = Object.values(ownAccount(context).roles)
    .flatMap((entity) => latest(entity) ?? [])
    .filter(({ path }) => path.startsWith(PathPrefix));
  const result = paginate(roles, ({ name }) => name, page);
  return { Roles: result.page.map((role) => renderRole(role, context.store)), ...result.position };
};

export const updateRole: Operation = (input, context) => {
  const { RoleName, Description, MaxSessionDuration } = read(input, {
    RoleName: roleName,
    Description: description,
    MaxSessionDuration: maxSessionDuration,
  });
  const role = authorizedRole("iam:UpdateRole", RoleName, context);
  saveRole(context, {
    ...role,
    ...(Description === undefined ? {} : { description: Description }),
    ...(MaxSessionDuration === undefined ? {} : { maxSessionDuration: MaxSessionDuration }),
  });
  return {};
};

export const updateAssumeRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyDocument } = read(input, { RoleName: roleName, PolicyDocument: document });
  const role = authorizedRole("iam:UpdateAssumeRolePolicy", RoleName, context);
  saveRole(context, { ...role, ...storedTrustPolicy(PolicyDocument, context) });
};

export const deleteRole: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  const role = authorizedRole("iam:DeleteRole", RoleName, context);
  if (role.attachedPolicies.length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
  }
  if (Object.keys(role.inlinePolicies).length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
  }
  if (profilesOf(context, role.name).length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.", 409);
  }
  removeRole(context, role.name);
};

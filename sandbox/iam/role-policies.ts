import { validatePolicy } from "../policy/validate";
import { uriEncode } from "../protocol/canonical-request";
import { read } from "../protocol/input";
import { AwsError, type Operation, type RequestContext } from "../service";
import type { ManagedPolicy, Role } from "./entities";
import { paginate } from "./paging";
import { arn, document, paging, pathPrefix, policyName, roleName } from "./parameters";
import { exceeded, requireInlinePolicySize } from "./quota";
import { authorizedRole, requireBoundaryPolicy } from "./role-access";
import { findPolicy, getPolicy, saveRole } from "./state";

const MAXIMUM_ATTACHED = 10;

export const putRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName, PolicyDocument } = read(input, {
    RoleName: roleName,
    PolicyName: policyName,
    PolicyDocument: document,
  });
  const role = authorizedRole("iam:PutRolePolicy", RoleName, context);
  validatePolicy(PolicyDocument, "identity", context.partition);
  const inlinePolicies = { ...role.inlinePolicies, [PolicyName]: PolicyDocument };
  requireInlinePolicySize(role.name, Object.values(inlinePolicies));
  saveRole(context, { ...role, inlinePolicies });
};

export const getRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName } = read(input, { RoleName: roleName, PolicyName: policyName });
  const role = authorizedRole("iam:GetRolePolicy", RoleName, context);
  return { RoleName: role.name, PolicyName, PolicyDocument: uriEncode(inlinePolicy(role, PolicyName)) };
};

export const listRolePolicies: Operation = (input, context) => {
  const { RoleName, ...page } = read(input, { RoleName: roleName, ...paging });
  const role = authorizedRole("iam:ListRolePolicies", RoleName, context);
  const result = paginate(Object.keys(role.inlinePolicies), (name) => name, page);
  return { PolicyNames: result.page, ...result.position };
};

export const deleteRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyName } = read(input, { RoleName: roleName, PolicyName: policyName });
  const role = authorizedRole("iam:DeleteRolePolicy", RoleName, context);
  inlinePolicy(role, PolicyName);
  const { [PolicyName]: _, ...inlinePolicies } = role.inlinePolicies;
  saveRole(context, { ...role, inlinePolicies });
};

function inlinePolicy(role: Role, name: string): string {
  const document = Object.hasOwn(role.inlinePolicies, name) ? role.inlinePolicies[name] : undefined;
  if (document === undefined) {
    throw new AwsError("NoSuchEntity", `The role policy with name ${name} cannot be found.`, 404);
  }
  return document;
}

export const attachRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyArn } = read(input, { RoleName: roleName, PolicyArn: arn });
  const role = authorizedRole("iam:AttachRolePolicy", RoleName, context, { "iam:PolicyARN": PolicyArn });
  attachablePolicy(PolicyArn, context);
  if (role.attachedPolicies.includes(PolicyArn)) return;
  if (role.attachedPolicies.length >= MAXIMUM_ATTACHED) {
    throw exceeded(`Cannot exceed quota for PoliciesPerRole: ${MAXIMUM_ATTACHED}`);
  }
  saveRole(context, { ...role, attachedPolicies: [...role.attachedPolicies, PolicyArn] });
};

export const listAttachedRolePolicies: Operation = (input, context) => {
  const {
    RoleName,
    PathPrefix = "/",
    ...page
  } = read(input, {
    RoleName: roleName,
    PathPrefix: pathPrefix,
    ...paging,
  });
  const role = authorizedRole("iam:ListAttachedRolePolicies", RoleName, context);
  const policies = role.attachedPolicies
    .flatMap((arn) => findPolicy(context.store, arn) ?? [])
    .filter(({ path }) => path.startsWith(PathPrefix));
  const result = paginate(policies, ({ arn }) => arn, page);
  return {
    AttachedPolicies: result.page.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })),
    ...result.position,
  };
};

export const detachRolePolicy: Operation = (input, context) => {
  const { RoleName, PolicyArn } = read(input, { RoleName: roleName, PolicyArn: arn });
  const role = authorizedRole("iam:DetachRolePolicy", RoleName, context, { "iam:PolicyARN": PolicyArn });
  if (!role.attachedPolicies.includes(PolicyArn)) {
    throw new AwsError("NoSuchEntity", `Policy ${PolicyArn} was not found.`, 404);
  }
  saveRole(context, { ...role, attachedPolicies: role.attachedPolicies.filter((attached) => attached !== PolicyArn) });
};

/** A policy that roles of the caller's account can have: one of that account or one of AWS's. */
function attachablePolicy(arn: string, context: RequestContext): ManagedPolicy {
  const { partition, accountId } = context;
  if (!new RegExp(`^arn:${partition}:iam::(${accountId}|aws):policy/`).test(arn)) {
    throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
  }
  if (arn.startsWith(`arn:${partition}:iam::aws:policy/aws-service-role/`)) {
    throw new AwsError("PolicyNotAttachable", "Cannot attach a Service Role Policy to a Customer Role.");
  }
  return getPolicy(context, arn);
}

export const putRolePermissionsBoundary: Operation = (input, context) => {
  const { RoleName, PermissionsBoundary } = read(input, { RoleName: roleName, PermissionsBoundary: arn });
  const role = authorizedRole("iam:PutRolePermissionsBoundary", RoleName, context, {
    "iam:PermissionsBoundary": PermissionsBoundary,
  });
  requireBoundaryPolicy(PermissionsBoundary, context);
  saveRole(context, { ...role, permissionsBoundary: PermissionsBoundary });
};

export const deleteRolePermissionsBoundary: Operation = (input, context) => {
  const { RoleName } = read(input, { RoleName: roleName });
  const role = authorizedRole("iam:DeleteRolePermissionsBoundary", RoleName, context);
  if (role.permissionsBoundary === undefined) {
    throw new AwsError("NoSuchEntity", `Role ${RoleName} does not have a permissions boundary.`, 404);
  }
  const { permissionsBoundary: _, ...unbounded } = role;
  saveRole(context, unbounded);
};

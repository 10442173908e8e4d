import { uriEncode } from "../protocol/canonical-request";
import type { RequestContext } from "../service";
import type { Store } from "../store";
import { latest } from "../store/versioned";
import type { ManagedPolicy, PolicyVersion, Role } from "./entities";
import { lastUse } from "./last-used";
import { accountOf } from "./state";
import { shownTrustPolicy } from "./trust-policy";

/** A role as lists show it. */
export function renderRole(role: Role, store: Store) {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: uriEncode(shownTrustPolicy(role, store)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDuration,
  };
}

/** A role as GetRole and CreateRole show it. */
export function renderWholeRole(role: Role, { store, now }: Pick<RequestContext, "store" | "now">) {
  const [, partition = "", , , accountId = ""] = role.arn.split(":");
  const used = lastUse(accountOf(store, partition, accountId).uses[role.id], now());
  return {
    ...renderRole(role, store),
    ...(role.permissionsBoundary
      ? {
          PermissionsBoundary: {
            PermissionsBoundaryType: "Policy",
            PermissionsBoundaryArn: role.permissionsBoundary,
          },
        }
      : {}),
    ...(role.tags.length > 0 ? { Tags: role.tags } : {}),
    RoleLastUsed: used ? { LastUsedDate: new Date(used.at), Region: used.region } : {},
  };
}

export function renderPolicy(policy: ManagedPolicy, store: Store) {
  const [, partition = "", , , accountId = ""] = policy.arn.split(":");
  const roles = accountId === "aws" ? [] : attachedRoles(policy.arn, store, partition, accountId);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: roles.filter(({ attachedPolicies }) => attachedPolicies.includes(policy.arn)).length,
    PermissionsBoundaryUsageCount: roles.filter(({ permissionsBoundary }) => permissionsBoundary === policy.arn).length,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: new Date(policy.createdAt),
    UpdateDate: new Date(policy.updatedAt),
    ...(policy.tags.length > 0 ? { Tags: policy.tags } : {}),
  };
}

/** Roles of an account that use a policy, as permissions or as boundary. */
export function attachedRoles(arn: string, store: Store, partition: string, accountId: string): Role[] {
  const roles = Object.values(accountOf(store, partition, accountId).roles).flatMap((entity) => latest(entity) ?? []);
  return roles.filter((role) => role.attachedPolicies.includes(arn) || role.permissionsBoundary === arn);
}

export function renderVersion(version: PolicyVersion, policy: ManagedPolicy) {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === policy.defaultVersionId,
    CreateDate: new Date(version.createdAt),
  };
}

export function renderWholeVersion(version: PolicyVersion, policy: ManagedPolicy) {
  return { Document: uriEncode(version.document), ...renderVersion(version, policy) };
}

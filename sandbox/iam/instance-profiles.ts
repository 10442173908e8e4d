import { read } from "../protocol/input";
import { AwsError, type Operation, type RequestContext } from "../service";
import type { InstanceProfile } from "./entities";
import { paginate } from "./paging";
import { instanceProfileName, paging, path, roleName, tags } from "./parameters";
import { exceeded } from "./quota";
import { renderRole } from "./render";
import { authorizedRole } from "./role-access";
import { findRole, nameKey, ownAccount } from "./state";
import { requestTagKeys, withTags } from "./tags";
import { uniqueId } from "./unique-id";

export const createInstanceProfile: Operation = (input, context) => {
  const parameters = read(input, { InstanceProfileName: instanceProfileName, Path: path, Tags: tags });
  const { InstanceProfileName: name, Path = "/", Tags } = parameters;
  const arn = profileArn(context, Path, name);
  const conditionKeys = requestTagKeys(Tags);
  context.authorize({ action: "iam:CreateInstanceProfile", resource: arn, conditionKeys });
  const { instanceProfiles } = ownAccount(context);
  if (instanceProfiles[nameKey(name)]) {
    throw new AwsError("EntityAlreadyExists", `Instance Profile ${name} already exists.`, 409);
  }
  const profile: InstanceProfile = {
    name,
    id: uniqueId("AIPA"),
    arn,
    path: Path,
    createdAt: context.now().toISOString(),
    roles: [],
    tags: withTags([], Tags),
  };
  instanceProfiles[nameKey(name)] = profile;
  return { InstanceProfile: render(profile, context) };
};

export const getInstanceProfile: Operation = (input, context) => {
  const { InstanceProfileName } = read(input, { InstanceProfileName: instanceProfileName });
  return {
    InstanceProfile: render(authorizedProfile("iam:GetInstanceProfile", InstanceProfileName, context), context),
  };
};

export const deleteInstanceProfile: Operation = (input, context) => {
  const { InstanceProfileName } = read(input, { InstanceProfileName: instanceProfileName });
  const profile = authorizedProfile("iam:DeleteInstanceProfile", InstanceProfileName, context);
  if (profile.roles.length > 0) {
    throw new AwsError("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first.", 409);
  }
  delete ownAccount(context).instanceProfiles[nameKey(profile.name)];
};

/** Needs iam:PassRole too: https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export const addRoleToInstanceProfile: Operation = (input, context) => {
  const { InstanceProfileName, RoleName } = read(input, {
    InstanceProfileName: instanceProfileName,
    RoleName: roleName,
  });
  const profile = authorizedProfile("iam:AddRoleToInstanceProfile", InstanceProfileName, context);
  const role = authorizedRole("iam:PassRole", RoleName, context, { "iam:PassedToService": "ec2.amazonaws.com" });
  if (profile.roles.length > 0) throw exceeded("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
  profile.roles = [role.name];
};

export const removeRoleFromInstanceProfile: Operation = (input, context) => {
  const { InstanceProfileName, RoleName } = read(input, {
    InstanceProfileName: instanceProfileName,
    RoleName: roleName,
  });
  const profile = authorizedProfile("iam:RemoveRoleFromInstanceProfile", InstanceProfileName, context);
  if (!profile.roles.includes(RoleName)) {
    throw new AwsError("NoSuchEntity", `The role with name ${RoleName} cannot be found.`, 404);
  }
  profile.roles = [];
};

export const listInstanceProfilesForRole: Operation = (input, context) => {
  const { RoleName, ...page } = read(input, { RoleName: roleName, ...paging });
  const role = authorizedRole("iam:ListInstanceProfilesForRole", RoleName, context);
  const result = paginate(profilesOf(context, role.name), ({ name }) => name, page);
  return { InstanceProfiles: result.page.map((profile) => render(profile, context)), ...result.position };
};

/** Instance profiles that carry a role, which keep it from being deleted. */
export function profilesOf(context: RequestContext, role: string): InstanceProfile[] {
  return Object.values(ownAccount(context).instanceProfiles).filter(({ roles }) => roles.includes(role));
}

function authorizedProfile(action: string, name: string, context: RequestContext): InstanceProfile {
  const found = ownAccount(context).instanceProfiles[nameKey(name)];
  context.authorize({ action, resource: found?.arn ?? profileArn(context, "/", name) });
  if (!found) throw new AwsError("NoSuchEntity", `Instance Profile ${name} cannot be found.`, 404);
  return found;
}

function profileArn({ partition, accountId }: RequestContext, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:instance-profile${path}${name}`;
}

function render(profile: InstanceProfile, context: RequestContext) {
  const account = ownAccount(context);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: new Date(profile.createdAt),
    Roles: profile.roles
      .flatMap((name) => findRole(account, name) ?? [])
      .map((role) => renderRole(role, context.store)),
    ...(profile.tags.length > 0 ? { Tags: profile.tags } : {}),
  };
}

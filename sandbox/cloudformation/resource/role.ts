import type { JsonObject } from "../template/json";
import { type IamCall, iamCall, unlessGone } from "./iam-call";
import { physicalName } from "./physical-name";
import { changedProperties, documentOf, stringOf } from "./properties";
import { readRole } from "./read-role";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";
import { changeRolePolicies } from "./role-policies";
import { tagsOf } from "./tags";

const longestName = 64;

export const role: ResourceType = {
  type: "AWS::IAM::Role",
  properties: {
    AssumeRolePolicyDocument: { kind: "document", required: true },
    Description: { kind: "string" },
    ManagedPolicyArns: { kind: "strings" },
    MaxSessionDuration: { kind: "integer" },
    Path: { kind: "string", replaces: true },
    PermissionsBoundary: { kind: "string" },
    Policies: { kind: "objects" },
    RoleName: { kind: "string", replaces: true, names: true },
    Tags: { kind: "objects" },
  },
  attributes: ["Arn", "RoleId"],
  create,
  update,
  read: readRole,
  delete: remove,
};

async function create(properties: JsonObject, context: ResourceContext): Promise<void> {
  const iam = iamCall(context.request);
  const { Policies, ManagedPolicyArns, ...rest } = properties;
  const RoleName = stringOf(properties, "RoleName") ?? physicalName(context.stackName, context.logicalId, longestName);
  const { Role } = await iam<{ Role: { Arn: string; RoleId: string } }>("CreateRole", {
    ...rest,
    RoleName,
    AssumeRolePolicyDocument: documentOf(properties, "AssumeRolePolicyDocument"),
    Tags: tagsOf(properties, context),
  });
  context.created(RoleName, { Arn: Role.Arn, RoleId: Role.RoleId });
  await changeRolePolicies(iam, RoleName, {}, properties);
}

async function update(
  { physicalId: RoleName, properties: before, attributes }: Existing,
  after: JsonObject,
  context: ResourceContext,
) {
  const iam = iamCall(context.request);
  const changed = changedProperties(before, after);
  if (changed.includes("AssumeRolePolicyDocument")) {
    await iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: documentOf(after, "AssumeRolePolicyDocument") });
  }
  if (changed.includes("Description") || changed.includes("MaxSessionDuration")) {
    const { Description = "", MaxSessionDuration = 3600 } = after;
    await iam("UpdateRole", { RoleName, Description, MaxSessionDuration });
  }
  if (changed.includes("PermissionsBoundary")) await changeBoundary(iam, RoleName, after);
  await changeRolePolicies(iam, RoleName, before, after);
  if (changed.includes("Tags")) await changeTags(iam, RoleName, tagsOf(before, context), tagsOf(after, context));
  return attributes;
}

async function remove({ physicalId: RoleName, properties }: Existing, { request }: ResourceContext): Promise<void> {
  const iam = iamCall(request);
  await changeRolePolicies(iam, RoleName, properties, {});
  await unlessGone(iam("DeleteRole", { RoleName }));
}

async function changeBoundary(iam: IamCall, RoleName: string, after: JsonObject): Promise<void> {
  const PermissionsBoundary = stringOf(after, "PermissionsBoundary");
  if (PermissionsBoundary) await iam("PutRolePermissionsBoundary", { RoleName, PermissionsBoundary });
  else await iam("DeleteRolePermissionsBoundary", { RoleName });
}

type Tags = ReturnType<typeof tagsOf>;

async function changeTags(iam: IamCall, RoleName: string, before: Tags, after: Tags): Promise<void> {
  const gone = before.map(({ Key }) => Key).filter((key) => !after.some(({ Key }) => Key === key));
  if (gone.length > 0) await iam("UntagRole", { RoleName, TagKeys: gone });
  if (after.length > 0) await iam("TagRole", { RoleName, Tags: after });
}

import type { JsonObject } from "../template/json";
import { type IamCall, iamCall, unlessGone } from "./iam-call";
import { physicalName } from "./physical-name";
import { stringOf, stringsOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

const longestName = 128;

export const instanceProfile: ResourceType = {
  type: "AWS::IAM::InstanceProfile",
  properties: {
    InstanceProfileName: { kind: "string", replaces: true, names: true },
    Path: { kind: "string", replaces: true },
    Roles: { kind: "strings", required: true },
  },
  attributes: ["Arn"],
  async create(properties, context) {
    const iam = iamCall(context.request);
    const InstanceProfileName =
      stringOf(properties, "InstanceProfileName") ?? physicalName(context.stackName, context.logicalId, longestName);
    const { InstanceProfile } = await iam<{ InstanceProfile: { Arn: string } }>("CreateInstanceProfile", {
      InstanceProfileName,
      Path: stringOf(properties, "Path"),
    });
    context.created(InstanceProfileName, { Arn: InstanceProfile.Arn });
    await changeRoles(iam, InstanceProfileName, {}, properties);
  },
  async update({ physicalId, properties: before, attributes }: Existing, after, { request }: ResourceContext) {
    await changeRoles(iamCall(request), physicalId, before, after);
    return attributes;
  },
  async delete({ physicalId: InstanceProfileName, properties }: Existing, { request }: ResourceContext) {
    const iam = iamCall(request);
    await changeRoles(iam, InstanceProfileName, properties, {});
    await unlessGone(iam("DeleteInstanceProfile", { InstanceProfileName }));
  },
};

async function changeRoles(iam: IamCall, InstanceProfileName: string, before: JsonObject, after: JsonObject) {
  const had = stringsOf(before, "Roles");
  const has = stringsOf(after, "Roles");
  for (const RoleName of had.filter((name) => !has.includes(name))) {
    await unlessGone(iam("RemoveRoleFromInstanceProfile", { InstanceProfileName, RoleName }));
  }
  for (const RoleName of has.filter((name) => !had.includes(name))) {
    await iam("AddRoleToInstanceProfile", { InstanceProfileName, RoleName });
  }
}

import type { JsonObject } from "../template/json";
import { type IamCall, iamCall } from "./iam-call";
import { physicalName } from "./physical-name";
import { changeTargets } from "./policy-targets";
import { changedProperties, documentOf, stringOf, stringsOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

const longestName = 128;

export const policy: ResourceType = {
  type: "AWS::IAM::Policy",
  properties: {
    Groups: { kind: "strings" },
    PolicyDocument: { kind: "document", required: true },
    PolicyName: { kind: "string", required: true },
    Roles: { kind: "strings" },
    Users: { kind: "strings" },
  },
  attributes: ["Id"],
  create,
  update,
  delete: remove,
};

async function create(properties: JsonObject, context: ResourceContext): Promise<void> {
  requireTarget(properties);
  const id = physicalName(context.stackName, context.logicalId, longestName);
  context.created(id, { Id: id });
  await put(iamCall(context.request), {}, properties);
}

async function update({ properties: before, attributes }: Existing, after: JsonObject, { request }: ResourceContext) {
  requireTarget(after);
  const iam = iamCall(request);
  const changed = changedProperties(before, after);
  if (changed.includes("PolicyDocument") || changed.includes("PolicyName")) await put(iam, {}, after);
  await put(iam, before, changed.includes("PolicyName") ? {} : after);
  return attributes;
}

async function remove({ properties }: Existing, { request }: ResourceContext): Promise<void> {
  await put(iamCall(request), properties, {});
}

function put(iam: IamCall, before: JsonObject, after: JsonObject): Promise<void> {
  const PolicyDocument = documentOf(after, "PolicyDocument");
  return changeTargets(before, after, {
    add: (kind, name) =>
      iam(`Put${kind}Policy`, { [`${kind}Name`]: name, PolicyName: stringOf(after, "PolicyName"), PolicyDocument }),
    remove: (kind, name) =>
      iam(`Delete${kind}Policy`, { [`${kind}Name`]: name, PolicyName: stringOf(before, "PolicyName") }),
  });
}

function requireTarget(properties: JsonObject): void {
  if (["Roles", "Users", "Groups"].some((name) => stringsOf(properties, name).length > 0)) return;
  throw new Error("At least one of [Groups,Roles,Users] must be non-empty.");
}

import type { JsonObject } from "../template/json";
import { type IamCall, iamCall, unlessGone, unlessMissing } from "./iam-call";
import { physicalName } from "./physical-name";
import { changeTargets } from "./policy-targets";
import { changedProperties, documentOf, stringOf } from "./properties";
import { documentIn } from "./read-role";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

const longestName = 128;
const mostVersions = 5;

export const managedPolicy: ResourceType = {
  type: "AWS::IAM::ManagedPolicy",
  properties: {
    Description: { kind: "string", replaces: true },
    Groups: { kind: "strings" },
    ManagedPolicyName: { kind: "string", replaces: true, names: true },
    Path: { kind: "string", replaces: true },
    PolicyDocument: { kind: "document", required: true },
    Roles: { kind: "strings" },
    Users: { kind: "strings" },
  },
  attributes: ["PolicyArn", "PolicyId"],
  create,
  update,
  read,
  delete: remove,
};

async function create(properties: JsonObject, context: ResourceContext): Promise<void> {
  const iam = iamCall(context.request);
  const { Policy } = await iam<{ Policy: { Arn: string; PolicyId: string } }>("CreatePolicy", {
    PolicyName:
      stringOf(properties, "ManagedPolicyName") ?? physicalName(context.stackName, context.logicalId, longestName),
    Path: stringOf(properties, "Path"),
    Description: stringOf(properties, "Description"),
    PolicyDocument: documentOf(properties, "PolicyDocument"),
  });
  context.created(Policy.Arn, { PolicyArn: Policy.Arn, PolicyId: Policy.PolicyId });
  await attach(iam, Policy.Arn, {}, properties);
}

async function update(
  { physicalId, properties: before, attributes }: Existing,
  after: JsonObject,
  context: ResourceContext,
) {
  const iam = iamCall(context.request);
  if (changedProperties(before, after).includes("PolicyDocument")) {
    await pruneVersions(iam, physicalId, mostVersions - 1);
    const PolicyDocument = documentOf(after, "PolicyDocument");
    await iam("CreatePolicyVersion", { PolicyArn: physicalId, PolicyDocument, SetAsDefault: true });
  }
  await attach(iam, physicalId, before, after);
  return attributes;
}

async function read({ physicalId: PolicyArn, properties }: Existing, { request }: ResourceContext) {
  const iam = iamCall(request);
  const answer = await unlessMissing(iam<{ Policy: { DefaultVersionId: string } }>("GetPolicy", { PolicyArn }));
  if (!answer) return undefined;
  const { PolicyVersion } = await iam<{ PolicyVersion: { Document: string } }>("GetPolicyVersion", {
    PolicyArn,
    VersionId: answer.Policy.DefaultVersionId,
  });
  return { ...properties, PolicyDocument: documentIn(PolicyVersion.Document) };
}

async function remove({ physicalId, properties }: Existing, { request }: ResourceContext): Promise<void> {
  const iam = iamCall(request);
  await attach(iam, physicalId, properties, {});
  await unlessGone(pruneVersions(iam, physicalId, 1));
  await unlessGone(iam("DeletePolicy", { PolicyArn: physicalId }));
}

/** Removes the oldest versions that are not the default until so many are left. */
async function pruneVersions(iam: IamCall, PolicyArn: string, left: number): Promise<void> {
  const { Versions } = await iam<{ Versions: { VersionId: string; IsDefaultVersion: boolean }[] }>(
    "ListPolicyVersions",
    { PolicyArn },
  );
  const oldest = Versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion)
    .sort((a, b) => Number(a.VersionId.slice(1)) - Number(b.VersionId.slice(1)))
    .slice(0, Math.max(0, Versions.length - left));
  for (const { VersionId } of oldest) await iam("DeletePolicyVersion", { PolicyArn, VersionId });
}

function attach(iam: IamCall, PolicyArn: string, before: JsonObject, after: JsonObject): Promise<void> {
  return changeTargets(before, after, {
    add: (kind, name) => iam(`Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn }),
    remove: (kind, name) => iam(`Detach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn }),
  });
}

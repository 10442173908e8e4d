import { isObject, type Json, type JsonObject, own, sameJson } from "../template/json";
import { iamCall, unlessMissing } from "./iam-call";
import { stringsOf } from "./properties";
import type { Existing, ResourceContext } from "./resource-type";

interface LiveRole {
  AssumeRolePolicyDocument: string;
  Description?: string;
  MaxSessionDuration: number;
  PermissionsBoundary?: { PermissionsBoundaryArn: string };
}

/** The properties that the template sets, as IAM has them now; undefined when the role is gone. */
export async function readRole(
  { physicalId: RoleName, properties }: Existing,
  { request }: ResourceContext,
): Promise<JsonObject | undefined> {
  const iam = iamCall(request);
  const answer = await unlessMissing(iam<{ Role: LiveRole }>("GetRole", { RoleName }));
  if (!answer) return undefined;
  const { AttachedPolicies } = await iam<{ AttachedPolicies: { PolicyArn: string }[] }>("ListAttachedRolePolicies", {
    RoleName,
    MaxItems: 1_000,
  });
  const { AssumeRolePolicyDocument, Description, MaxSessionDuration, PermissionsBoundary } = answer.Role;
  const live: Record<string, Json | undefined> = {
    AssumeRolePolicyDocument: documentIn(AssumeRolePolicyDocument),
    Description,
    MaxSessionDuration,
    PermissionsBoundary: PermissionsBoundary?.PermissionsBoundaryArn,
    ManagedPolicyArns: inOrderOf(
      stringsOf(properties, "ManagedPolicyArns"),
      AttachedPolicies.map(({ PolicyArn }) => PolicyArn),
    ),
    Policies: await inlinePolicies(iam, RoleName, own(properties, "Policies")),
  };
  const read = Object.keys(properties).map((name) => [
    name,
    Object.hasOwn(live, name) ? live[name] : own(properties, name),
  ]);
  return Object.fromEntries(read.filter(([, value]) => value !== undefined));
}

/** IAM returns documents percent-encoded. */
export function documentIn(encoded: string): JsonObject {
  const document: unknown = JSON.parse(decodeURIComponent(encoded));
  if (isObject(document)) return document;
  throw new Error("A stored policy document is no object.");
}

function inOrderOf(known: readonly string[], found: readonly string[]): string[] {
  return [...known.filter((arn) => found.includes(arn)), ...found.filter((arn) => !known.includes(arn))];
}

async function inlinePolicies(
  iam: ReturnType<typeof iamCall>,
  RoleName: string,
  known: Json | undefined,
): Promise<Json> {
  if (!Array.isArray(known)) return [];
  const { PolicyNames } = await iam<{ PolicyNames: string[] }>("ListRolePolicies", { RoleName, MaxItems: 1_000 });
  const found = await Promise.all(
    PolicyNames.map(async (PolicyName): Promise<JsonObject> => {
      const { PolicyDocument } = await iam<{ PolicyDocument: string }>("GetRolePolicy", { RoleName, PolicyName });
      return { PolicyName, PolicyDocument: documentIn(PolicyDocument) };
    }),
  );
  const same = (one: Json, other: Json) =>
    isObject(one) && isObject(other) && sameJson(one.PolicyName ?? null, other.PolicyName ?? null);
  const kept = known.flatMap((policy) => found.filter((one) => same(one, policy)));
  return [...kept, ...found.filter((policy) => !known.some((one) => same(one, policy)))];
}

import { type JsonObject, own, sameJson } from "../template/json";
import { type IamCall, unlessGone } from "./iam-call";
import { documentValue, objectsOf, stringOf, stringsOf } from "./properties";

/** Brings a role's inline and attached policies from what one version of its properties lists to the other's. */
export async function changeRolePolicies(
  iam: IamCall,
  RoleName: string,
  before: JsonObject,
  after: JsonObject,
): Promise<void> {
  const inlineBefore = inlinePolicies(before);
  const inlineAfter = inlinePolicies(after);
  const attachedBefore = stringsOf(before, "ManagedPolicyArns");
  const attachedAfter = stringsOf(after, "ManagedPolicyArns");
  for (const [PolicyName, document] of inlineAfter) {
    if (sameJson(inlineBefore.get(PolicyName), document)) continue;
    await iam("PutRolePolicy", { RoleName, PolicyName, PolicyDocument: JSON.stringify(document) });
  }
  for (const PolicyArn of attachedAfter.filter((arn) => !attachedBefore.includes(arn))) {
    await iam("AttachRolePolicy", { RoleName, PolicyArn });
  }
  for (const PolicyName of [...inlineBefore.keys()].filter((name) => !inlineAfter.has(name))) {
    await unlessGone(iam("DeleteRolePolicy", { RoleName, PolicyName }));
  }
  for (const PolicyArn of attachedBefore.filter((arn) => !attachedAfter.includes(arn))) {
    await unlessGone(iam("DetachRolePolicy", { RoleName, PolicyArn }));
  }
}

function inlinePolicies(properties: JsonObject): Map<string, JsonObject[string]> {
  return new Map(
    objectsOf(properties, "Policies").map((policy) => {
      const name = stringOf(policy, "PolicyName");
      const document = own(policy, "PolicyDocument");
      if (!name || document === undefined) throw new Error("Each of Policies needs PolicyName and PolicyDocument");
      return [name, documentValue("PolicyDocument", document)];
    }),
  );
}

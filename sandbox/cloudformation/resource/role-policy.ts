import type { JsonObject } from "../template/json";
import { iamCall, unlessGone } from "./iam-call";
import { documentOf, stringOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

export const rolePolicy: ResourceType = {
  type: "AWS::IAM::RolePolicy",
  properties: {
    PolicyDocument: { kind: "document", required: true },
    PolicyName: { kind: "string", required: true, replaces: true },
    RoleName: { kind: "string", required: true, replaces: true },
  },
  attributes: [],
  async create(properties, context) {
    await put(properties, context);
    context.created(`${stringOf(properties, "PolicyName")}|${stringOf(properties, "RoleName")}`, {});
  },
  async update({ attributes }, properties, context) {
    await put(properties, context);
    return attributes;
  },
  async delete({ properties }: Existing, { request }) {
    const { RoleName, PolicyName } = properties;
    await unlessGone(iamCall(request)("DeleteRolePolicy", { RoleName, PolicyName }));
  },
};

async function put(properties: JsonObject, { request }: ResourceContext): Promise<void> {
  const { RoleName, PolicyName } = properties;
  const PolicyDocument = documentOf(properties, "PolicyDocument");
  await iamCall(request)("PutRolePolicy", { RoleName, PolicyName, PolicyDocument });
}

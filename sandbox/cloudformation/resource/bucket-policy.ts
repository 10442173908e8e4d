import type { JsonObject } from "../template/json";
import { unlessGone } from "./iam-call";
import { documentOf, stringOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

export const bucketPolicy: ResourceType = {
  type: "AWS::S3::BucketPolicy",
  properties: {
    Bucket: { kind: "string", required: true, replaces: true },
    PolicyDocument: { kind: "document", required: true },
  },
  attributes: [],
  async create(properties, context) {
    await put(properties, context);
    context.created(stringOf(properties, "Bucket") ?? "", {});
  },
  async update({ attributes }: Existing, properties, context) {
    await put(properties, context);
    return attributes;
  },
  async delete({ physicalId: Bucket }: Existing, { request }) {
    await unlessGone(request.call("s3", "DeleteBucketPolicy", { Bucket }));
  },
};

async function put(properties: JsonObject, { request }: ResourceContext): Promise<void> {
  const Bucket = stringOf(properties, "Bucket");
  await request.call("s3", "PutBucketPolicy", { Bucket, Body: documentOf(properties, "PolicyDocument") });
}

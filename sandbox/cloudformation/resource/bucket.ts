import { AwsError, type RequestContext } from "../../service";
import { isObject, isScalar, type Json, type JsonObject, own } from "../template/json";
import { unlessGone } from "./iam-call";
import { physicalName } from "./physical-name";
import { changedProperties, stringOf } from "./properties";
import type { Existing, ResourceContext, ResourceType } from "./resource-type";

const longestName = 63;

export const bucket: ResourceType = {
  type: "AWS::S3::Bucket",
  properties: {
    BucketEncryption: { kind: "object" },
    BucketName: { kind: "string", replaces: true, names: true },
    PublicAccessBlockConfiguration: { kind: "object" },
    VersioningConfiguration: { kind: "object" },
  },
  attributes: ["Arn", "DomainName", "RegionalDomainName"],
  async create(properties, context) {
    const { request } = context;
    const Bucket =
      stringOf(properties, "BucketName") ??
      physicalName(context.stackName, context.logicalId, longestName).toLowerCase();
    await refusePresent(Bucket, request);
    await request.call("s3", "CreateBucket", { Bucket, Body: location(request.region) });
    context.created(Bucket, {
      Arn: `arn:${request.partition}:s3:::${Bucket}`,
      DomainName: `${Bucket}.s3.amazonaws.com`,
      RegionalDomainName: `${Bucket}.s3.${request.region}.amazonaws.com`,
    });
    await configure(Bucket, {}, properties, context);
  },
  async update({ physicalId, properties: before, attributes }: Existing, after, context) {
    await configure(physicalId, before, after, context);
    return attributes;
  },
  async delete({ physicalId: Bucket }: Existing, { request }) {
    await unlessGone(request.call("s3", "DeleteBucket", { Bucket }));
  },
};

/** CreateBucket of one's own bucket succeeds in us-east-1; a stack never takes over a bucket that is there. */
async function refusePresent(Bucket: string, request: RequestContext): Promise<void> {
  try {
    await request.call("s3", "HeadBucket", { Bucket });
  } catch (error) {
    if (error instanceof AwsError) return;
    throw error;
  }
  throw new AwsError("BucketAlreadyExists", `${Bucket} already exists`, 409);
}

function location(region: string): string {
  if (region === "us-east-1") return "";
  return xml("CreateBucketConfiguration", { LocationConstraint: region });
}

const settings = [
  { property: "PublicAccessBlockConfiguration", put: "PutPublicAccessBlock", remove: "DeletePublicAccessBlock" },
  { property: "VersioningConfiguration", put: "PutBucketVersioning" },
] as const;

async function configure(
  Bucket: string,
  before: JsonObject,
  after: JsonObject,
  { request }: ResourceContext,
): Promise<void> {
  const changed = changedProperties(before, after);
  for (const { property, put, ...setting } of settings.filter((one) => changed.includes(one.property))) {
    const value = own(after, property);
    if (isObject(value)) await request.call("s3", put, { Bucket, Body: xml(property, value) });
    else if ("remove" in setting) await request.call("s3", setting.remove, { Bucket });
    else await request.call("s3", put, { Bucket, Body: xml(property, { Status: "Suspended" }) });
  }
  const encryption = own(after, "BucketEncryption");
  if (changed.includes("BucketEncryption") && isObject(encryption)) {
    await request.call("s3", "PutBucketEncryption", { Bucket, Body: encryptionXml(encryption) });
  }
}

function encryptionXml(encryption: JsonObject): string {
  const rules = own(encryption, "ServerSideEncryptionConfiguration");
  const [rule, ...others] = Array.isArray(rules) ? rules : [];
  if (!isObject(rule) || others.length > 0) throw new Error("BucketEncryption must have one rule");
  const { ServerSideEncryptionByDefault = {}, ...rest } = rule;
  return xml("ServerSideEncryptionConfiguration", {
    Rule: { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, ...rest },
  });
}

/** Nested settings as S3 reads them in a request's body. */
function xml(name: string, value: Json): string {
  if (isScalar(value)) return `<${name}>${String(value).replace(/[<>&]/g, "")}</${name}>`;
  if (!isObject(value)) throw new Error(`Value of property ${name} must be an object`);
  const children = Object.entries(value).map(([key, child]) => xml(key, child));
  return `<${name}>${children.join("")}</${name}>`;
}

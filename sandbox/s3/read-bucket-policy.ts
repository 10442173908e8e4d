import { principalIdsOf } from "../iam/named-principals";
import { validatePolicy } from "../policy/validate";
import { AwsError, type RequestContext } from "../service";
import { S3Error } from "./error";
import { type Bucket, type BucketPolicy, bucketArn } from "./state";

const MAXIMUM_BYTES = 20 * 1024;

/** Refuses what is no bucket policy or speaks of anything but this bucket. */
export function readBucketPolicy(text: string, bucket: Bucket, context: RequestContext): BucketPolicy {
  if (Buffer.byteLength(text) > MAXIMUM_BYTES) throw malformed("Policy exceeds the maximum allowed size");
  const arn = bucketArn(bucket);
  const { policy, principalIds } = parse(text, context);
  for (const { resources, actions } of policy.statements) {
    if (!resources?.patterns.every((resource) => isWithin(resource, arn))) {
      throw malformed("Policy has invalid resource");
    }
    if (!actions?.patterns.every((action) => action === "*" || /^s3:/i.test(action))) {
      throw malformed("Policy has invalid action");
    }
  }
  return { text, principalIds };
}

function isWithin(resource: string, arn: string): boolean {
  return resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`);
}

function parse(text: string, context: RequestContext) {
  try {
    const policy = validatePolicy(text, "resource");
    return { policy, principalIds: principalIdsOf(policy, context) };
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
}

function malformed(message: string): S3Error {
  return new S3Error("MalformedPolicy", message, 400);
}

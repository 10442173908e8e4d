import { validatePolicy } from "../policy/validate";
import { AwsError } from "../service";
import { S3Error } from "./error";
import { type Bucket, bucketArn } from "./state";

const MAXIMUM_BYTES = 20 * 1024;

/** Refuses what is no bucket policy or speaks of anything but this bucket. */
export function checkBucketPolicy(policy: string, bucket: Bucket): void {
  if (Buffer.byteLength(policy) > MAXIMUM_BYTES) throw malformed("Policy exceeds the maximum allowed size");
  const arn = bucketArn(bucket);
  for (const { resources, actions } of parse(policy).statements) {
    if (!resources?.patterns.every((resource) => isWithin(resource, arn))) {
      throw malformed("Policy has invalid resource");
    }
    if (!actions?.patterns.every((action) => action === "*" || /^s3:/i.test(action))) {
      throw malformed("Policy has invalid action");
    }
  }
}

function isWithin(resource: string, arn: string): boolean {
  return resource === arn || resource === `${arn}*` || resource.startsWith(`${arn}/`);
}

function parse(policy: string) {
  try {
    return validatePolicy(policy, "resource");
  } catch (error) {
    if (error instanceof AwsError && error.code === "MalformedPolicyDocument") throw malformed(error.message);
    throw error;
  }
}

function malformed(message: string): S3Error {
  return new S3Error("MalformedPolicy", message, 400);
}

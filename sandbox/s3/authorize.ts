import { AwsError, type RequestContext } from "../service";
import { conditionKeys } from "./condition-keys";
import { S3Error } from "./error";
import { isPublic } from "./public-policy";
import type { S3Request } from "./request";
import { type Bucket, type BucketPolicy, bucketArn, ownedByCaller } from "./state";

export interface Target {
  bucket: Bucket;
  request: S3Request;
}

export function authorizeBucket(action: string, target: Target, context: RequestContext): void {
  authorize(action, bucketArn(target.bucket), target, context);
}

export function authorizeObject(action: string, target: Target, context: RequestContext): void {
  authorize(action, `${bucketArn(target.bucket)}/${target.request.key}`, target, context);
}

/** For a bucket's settings: a caller of another account is refused even when a policy allows it. */
export function authorizeOwner(action: string, target: Target, context: RequestContext): void {
  authorizeBucket(action, target, context);
  if (!ownedByCaller(target.bucket, context)) {
    throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
  }
}

/** Whether the caller may know which objects exist. */
export function mayList(target: Target, context: RequestContext): boolean {
  try {
    authorizeBucket("s3:ListBucket", target, context);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") return false;
    throw error;
  }
}

function authorize(action: string, resource: string, target: Target, context: RequestContext): void {
  const policy = policyFor(target.bucket, context);
  context.authorize({
    action,
    resource,
    resourceAccountId: target.bucket.accountId,
    resourcePolicy: policy?.text,
    principalIds: policy?.principalIds,
    conditionKeys: conditionKeys(target, context),
  });
}

/** RestrictPublicBuckets: a public policy counts for nobody outside the bucket's own account. */
function policyFor(bucket: Bucket, context: RequestContext): BucketPolicy | undefined {
  const restricted = bucket.publicAccessBlock?.RestrictPublicBuckets && bucket.policy && isPublic(bucket.policy.text);
  return restricted && !ownedByCaller(bucket, context) ? undefined : bucket.policy;
}

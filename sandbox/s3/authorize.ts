import { AwsError, type RequestContext } from "../service";
import { S3Error } from "./error";
import { isPublic } from "./public-policy";
import { type Bucket, bucketArn, ownedByCaller } from "./state";

type ConditionKeys = Record<string, string | undefined>;

export function authorizeBucket(
  action: string,
  bucket: Bucket,
  context: RequestContext,
  keys: ConditionKeys = {},
): void {
  authorize(action, bucketArn(bucket), bucket, context, keys);
}

export function authorizeObject(
  action: string,
  bucket: Bucket,
  key: string,
  context: RequestContext,
  keys: ConditionKeys = {},
): void {
  authorize(action, `${bucketArn(bucket)}/${key}`, bucket, context, keys);
}

/** For a bucket's settings: a caller of another account is refused even when a policy allows it. */
export function authorizeOwner(action: string, bucket: Bucket, context: RequestContext): void {
  authorizeBucket(action, bucket, context);
  if (!ownedByCaller(bucket, context)) {
    throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
  }
}

export function mayList(bucket: Bucket, context: RequestContext): boolean {
  try {
    authorizeBucket("s3:ListBucket", bucket, context);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === "AccessDenied") return false;
    throw error;
  }
}

function authorize(
  action: string,
  resource: string,
  bucket: Bucket,
  context: RequestContext,
  keys: ConditionKeys,
): void {
  const conditionKeys = Object.fromEntries(
    Object.entries(keys).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  context.authorize({
    action,
    resource,
    resourceAccountId: bucket.accountId,
    resourcePolicy: policyFor(bucket, context),
    conditionKeys,
  });
}

/** RestrictPublicBuckets: a public policy counts for nobody outside the bucket's own account. */
function policyFor(bucket: Bucket, context: RequestContext): string | undefined {
  const restricted = bucket.publicAccessBlock?.RestrictPublicBuckets && bucket.policy && isPublic(bucket.policy);
  return restricted && !ownedByCaller(bucket, context) ? undefined : bucket.policy;
}

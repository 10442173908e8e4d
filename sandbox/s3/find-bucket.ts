import type { RequestContext } from "../service";
import { S3Error } from "./error";
import { header, type S3Request } from "./request";
import { type Bucket, state } from "./state";

/** Bucket names are unique within a partition, whoever asks; nobody's partition is known without a signature. */
export function findBucket(request: S3Request, context: RequestContext): Bucket {
  const bucket = state(context).buckets.find(
    ({ name, partition }) =>
      name === request.bucket && (partition === context.partition || context.principal.kind === "anonymous"),
  );
  if (!bucket) {
    throw new S3Error("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: request.bucket });
  }
  const expected = header(request, "x-amz-expected-bucket-owner");
  if (expected !== undefined && expected !== bucket.accountId) {
    throw new S3Error("AccessDenied", "Access Denied", 403);
  }
  return bucket;
}

import type { HttpResponse } from "../http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { empty, type S3Request } from "./request";
import { state } from "./state";

export function deleteBucket(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:DeleteBucket", { bucket, request }, context);
  if (bucket.versions.length > 0) {
    const message = bucket.versioning
      ? "The bucket you tried to delete is not empty. You must delete all versions in the bucket."
      : "The bucket you tried to delete is not empty";
    throw new S3Error("BucketNotEmpty", message, 409, { BucketName: bucket.name });
  }
  const s3 = state(context);
  s3.buckets = s3.buckets.filter((other) => other !== bucket);
  return empty(204);
}

import type { HttpResponse } from "../http";
import type { RequestContext } from "../service";
import { authorizeBucket } from "./authorize";
import { findBucket } from "./find-bucket";
import { empty, type S3Request } from "./request";

export function headBucket(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeBucket("s3:ListBucket", { bucket, request }, context);
  return empty(200, { "x-amz-bucket-region": bucket.region, "x-amz-access-point-alias": "false" });
}

import type { HttpResponse } from "../http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { findBucket } from "./find-bucket";
import { type S3Request, xmlResponse } from "./request";
import { document, element, NAMESPACE } from "./xml";

/** Empty for us-east-1, as in AWS. */
export function getBucketLocation(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetBucketLocation", { bucket, request }, context);
  const location = bucket.region === "us-east-1" ? "" : bucket.region;
  return xmlResponse(document(element("LocationConstraint", location, NAMESPACE)));
}

import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { notImplemented } from "./error";
import { findBucket } from "./find-bucket";
import { empty, type S3Request, xmlResponse } from "./request";
import { document, element, flatDocument, malformedXml, NAMESPACE } from "./xml";

const ROOT = "VersioningConfiguration";

export function putBucketVersioning(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:PutBucketVersioning", { bucket, request }, context);
  const { Status, MfaDelete } = flatDocument(request.body.toString(), ROOT, ["Status", "MfaDelete"]);
  if (MfaDelete === "Enabled") throw notImplemented("MfaDelete");
  if (Status !== "Enabled" && Status !== "Suspended") throw malformedXml();
  bucket.versioning = Status;
  return empty(200);
}

export function getBucketVersioning(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetBucketVersioning", { bucket, request }, context);
  const status = bucket.versioning ? [element("Status", bucket.versioning)] : [];
  return xmlResponse(document(element(ROOT, status, NAMESPACE)));
}

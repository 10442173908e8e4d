import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { empty, type S3Request, xmlResponse } from "./request";
import { document, element, flatDocument, malformedXml, NAMESPACE } from "./xml";

const ROOT = "PublicAccessBlockConfiguration";
const SETTINGS = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"] as const;

export function putPublicAccessBlock(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:PutBucketPublicAccessBlock", { bucket, request }, context);
  const settings = flatDocument(request.body.toString(), ROOT, SETTINGS);
  bucket.publicAccessBlock = {
    BlockPublicAcls: isOn(settings.BlockPublicAcls),
    IgnorePublicAcls: isOn(settings.IgnorePublicAcls),
    BlockPublicPolicy: isOn(settings.BlockPublicPolicy),
    RestrictPublicBuckets: isOn(settings.RestrictPublicBuckets),
  };
  return empty(200);
}

export function getPublicAccessBlock(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetBucketPublicAccessBlock", { bucket, request }, context);
  const { publicAccessBlock } = bucket;
  if (!publicAccessBlock) {
    throw new S3Error(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
      404,
      { BucketName: bucket.name },
    );
  }
  const settings = SETTINGS.map((name) => element(name, String(publicAccessBlock[name])));
  return xmlResponse(document(element(ROOT, settings, NAMESPACE)));
}

export function deletePublicAccessBlock(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:PutBucketPublicAccessBlock", { bucket, request }, context);
  delete bucket.publicAccessBlock;
  return empty(204);
}

function isOn(text: string | undefined): boolean {
  const value = text?.toLowerCase();
  if (value !== undefined && value !== "true" && value !== "false") throw malformedXml();
  return value === "true";
}

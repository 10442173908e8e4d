import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeOwner } from "./authorize";
import { notImplemented } from "./error";
import { findBucket } from "./find-bucket";
import { empty, type S3Request, xmlResponse } from "./request";
import { document, type Element, element, malformedXml, NAMESPACE, parseXml } from "./xml";

const ROOT = "ServerSideEncryptionConfiguration";
const DEFAULT = "ApplyServerSideEncryptionByDefault";

/** AES256 is what every bucket has; anything else is refused, so that nobody takes it for granted. */
export function putBucketEncryption(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:PutEncryptionConfiguration", { bucket, request }, context);
  const root = parseXml(request.body.toString());
  if (root.name !== ROOT) throw malformedXml();
  const rule = only(root, "Rule");
  const algorithm = only(only(rule, DEFAULT), "SSEAlgorithm").text.trim();
  if (algorithm !== "AES256") throw notImplemented(`SSEAlgorithm ${algorithm}`);
  const bucketKey = rule.children.find(({ name }) => name === "BucketKeyEnabled")?.text.trim() ?? "false";
  if (bucketKey !== "false") throw notImplemented("BucketKeyEnabled");
  return empty(200);
}

export function getBucketEncryption(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeOwner("s3:GetEncryptionConfiguration", { bucket, request }, context);
  const rule = element("Rule", [
    element(DEFAULT, [element("SSEAlgorithm", "AES256")]),
    element("BucketKeyEnabled", "false"),
  ]);
  return xmlResponse(document(element(ROOT, [rule], NAMESPACE)));
}

function only(parent: Element, name: string): Element {
  const [child, ...others] = parent.children.filter((child) => child.name === name);
  if (!child || others.length > 0) throw malformedXml();
  return child;
}

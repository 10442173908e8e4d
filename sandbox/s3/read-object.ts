import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeObject } from "./authorize";
import { findBucket } from "./find-bucket";
import { findVersion } from "./find-version";
import { objectHeaders, validators } from "./object-headers";
import { readCondition } from "./preconditions";
import { parseRange } from "./range";
import { empty, header, type S3Request } from "./request";
import { responseOverrides } from "./response-overrides";

/** GetObject, and HeadObject, whose answer is the same without its body. */
export function readObject(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  const action = request.query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject";
  authorizeObject(action, { bucket, request }, context);
  const version = findVersion({ bucket, request }, context);
  if (readCondition(request, version) === "not-modified") return empty(304, validators(bucket, version));
  const range = parseRange(header(request, "range"), version.size);
  const headers = {
    ...objectHeaders(bucket, version, header(request, "x-amz-checksum-mode") === "ENABLED" && !range),
    ...responseOverrides(request, context),
  };
  const content = Buffer.from(version.content, "base64");
  if (!range) return { status: 200, headers: { ...headers, "content-length": String(version.size) }, body: content };
  const body = content.subarray(range.start, range.end + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(body.length),
      "content-range": `bytes ${range.start}-${range.end}/${version.size}`,
    },
    body,
  };
}

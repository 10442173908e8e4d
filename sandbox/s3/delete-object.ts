import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeObject } from "./authorize";
import { findBucket } from "./find-bucket";
import { empty, type S3Request } from "./request";
import { removeVersion, storeVersion, versionHeader } from "./store-version";

export function deleteObject(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  const { key } = request;
  const versionId = request.query.get("versionId");
  if (versionId !== null) {
    authorizeObject("s3:DeleteObjectVersion", { bucket, request }, context);
    const removed = removeVersion(bucket, key, versionId);
    return empty(204, {
      ...(bucket.versioning ? { "x-amz-version-id": versionId } : {}),
      ...(removed?.deleteMarker ? { "x-amz-delete-marker": "true" } : {}),
    });
  }
  authorizeObject("s3:DeleteObject", { bucket, request }, context);
  if (!bucket.versioning) {
    removeVersion(bucket, key, "null");
    return empty(204);
  }
  const marker = storeVersion(bucket, {
    key,
    modified: context.now().getTime(),
    deleteMarker: true,
    content: "",
    size: 0,
    etag: "",
    headers: {},
    metadata: {},
    checksums: {},
  });
  return empty(204, { "x-amz-delete-marker": "true", ...versionHeader(bucket, marker) });
}

import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeObject } from "./authorize";
import { md5, verifyDigests } from "./digest";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { currentVersion } from "./find-version";
import { headersToKeep, metadataOf } from "./object-headers";
import { checkWriteCondition } from "./preconditions";
import { empty, type S3Request } from "./request";
import { storeVersion, versionHeader } from "./store-version";

const MAXIMUM_METADATA_BYTES = 2048;

export function putObject(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  authorizeObject("s3:PutObject", { bucket, request }, context);
  const checksums = verifyDigests(request);
  const metadata = metadataOf(request);
  if (Object.entries(metadata).flat().join("").length > MAXIMUM_METADATA_BYTES) {
    throw new S3Error("MetadataTooLarge", "Your metadata headers exceed the maximum allowed metadata size", 400);
  }
  checkWriteCondition(request, currentVersion(bucket, request.key));
  const version = storeVersion(bucket, {
    key: request.key,
    modified: context.now().getTime(),
    deleteMarker: false,
    content: request.body.toString("base64"),
    size: request.body.length,
    etag: `"${md5(request.body).toString("hex")}"`,
    headers: headersToKeep(request),
    metadata,
    checksums,
  });
  return empty(200, {
    etag: version.etag,
    ...versionHeader(bucket, version),
    ...checksums,
    ...(Object.keys(checksums).length > 0 ? { "x-amz-checksum-type": "FULL_OBJECT" } : {}),
    "x-amz-server-side-encryption": "AES256",
  });
}

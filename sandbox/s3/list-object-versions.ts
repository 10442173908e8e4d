import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeBucket } from "./authorize";
import { notImplemented } from "./error";
import { findBucket } from "./find-bucket";
import { currentVersion } from "./find-version";
import { type S3Request, xmlResponse } from "./request";
import type { Bucket, StoredVersion } from "./state";
import { document, element, type Markup, NAMESPACE } from "./xml";

const MAXIMUM_KEYS = 1000;

/** All versions in one answer, by key and newest first; a bucket with more than one page of them is refused. */
export function listObjectVersions(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  const prefix = request.query.get("prefix") ?? "";
  authorizeBucket("s3:ListBucketVersions", { bucket, request }, context);
  const versions = bucket.versions.filter(({ key }) => key.startsWith(prefix)).reverse();
  if (versions.length > MAXIMUM_KEYS) throw notImplemented("a second page of versions");
  versions.sort((left, right) => Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)));
  return xmlResponse(
    document(
      element(
        "ListVersionsResult",
        [
          element("Name", bucket.name),
          element("Prefix", prefix),
          element("MaxKeys", String(MAXIMUM_KEYS)),
          element("IsTruncated", "false"),
          ...versions.map((version) => versionElement(bucket, version)),
        ],
        NAMESPACE,
      ),
    ),
  );
}

function versionElement(bucket: Bucket, version: StoredVersion): Markup {
  const content = version.deleteMarker
    ? []
    : [element("ETag", version.etag), element("Size", String(version.size)), element("StorageClass", "STANDARD")];
  return element(version.deleteMarker ? "DeleteMarker" : "Version", [
    element("Key", version.key),
    element("VersionId", version.versionId),
    element("IsLatest", String(currentVersion(bucket, version.key) === version)),
    element("LastModified", new Date(version.modified).toISOString()),
    ...content,
    element("Owner", [element("ID", bucket.accountId)]),
  ]);
}

import type { RequestContext } from "../service";
import { mayList } from "./authorize";
import { S3Error } from "./error";
import type { Bucket, StoredVersion } from "./state";

export function currentVersion(bucket: Bucket, key: string): StoredVersion | undefined {
  return bucket.versions.findLast((version) => version.key === key);
}

/** The version that a read is for. What does not exist looks forbidden to a caller who may not list the bucket. */
export function findVersion(
  bucket: Bucket,
  { key, versionId }: { key: string; versionId?: string },
  context: RequestContext,
): StoredVersion {
  if (versionId !== undefined) return findById(bucket, key, versionId, context);
  const version = currentVersion(bucket, key);
  if (version && !version.deleteMarker) return version;
  requireList(bucket, context);
  const marker = version && { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
  throw new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: key }, marker);
}

function findById(bucket: Bucket, key: string, versionId: string, context: RequestContext): StoredVersion {
  if (!/^(null|[A-Za-z0-9._-]{32})$/.test(versionId)) {
    throw new S3Error("InvalidArgument", "Invalid version id specified", 400, {
      ArgumentName: "versionId",
      ArgumentValue: versionId,
    });
  }
  const version = bucket.versions.find((version) => version.key === key && version.versionId === versionId);
  if (!version) {
    requireList(bucket, context);
    throw new S3Error("NoSuchVersion", "The specified version does not exist.", 404, {
      Key: key,
      VersionId: versionId,
    });
  }
  if (version.deleteMarker) {
    throw new S3Error(
      "MethodNotAllowed",
      "The specified method is not allowed against this resource.",
      405,
      { Method: "GET", ResourceType: "DeleteMarker" },
      { "x-amz-delete-marker": "true", "x-amz-version-id": versionId, allow: "DELETE" },
    );
  }
  return version;
}

function requireList(bucket: Bucket, context: RequestContext): void {
  if (!mayList(bucket, context)) throw new S3Error("AccessDenied", "Access Denied", 403);
}

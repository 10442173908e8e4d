import type { RequestContext } from "../service";
import { mayList, type Target } from "./authorize";
import { S3Error } from "./error";
import type { Bucket, StoredVersion } from "./state";

export function currentVersion(bucket: Bucket, key: string): StoredVersion | undefined {
  return bucket.versions.findLast((version) => version.key === key);
}

/** The version that a read is for. What does not exist looks forbidden to a caller who may not list the bucket. */
export function findVersion(target: Target, context: RequestContext): StoredVersion {
  const { bucket, request } = target;
  const { key, query } = request;
  const versionId = query.get("versionId");
  if (versionId !== null) return findById(target, versionId, context);
  const version = currentVersion(bucket, key);
  if (version && !version.deleteMarker) return version;
  requireList(target, context);
  const marker = version && { "x-amz-delete-marker": "true", "x-amz-version-id": version.versionId };
  throw new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: key }, marker);
}

function findById(target: Target, versionId: string, context: RequestContext): StoredVersion {
  const { key } = target.request;
  if (!/^(null|[A-Za-z0-9._-]{32})$/.test(versionId)) {
    throw new S3Error("InvalidArgument", "Invalid version id specified", 400, {
      ArgumentName: "versionId",
      ArgumentValue: versionId,
    });
  }
  const version = target.bucket.versions.find((version) => version.key === key && version.versionId === versionId);
  if (!version) {
    requireList(target, context);
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

function requireList(target: Target, context: RequestContext): void {
  if (!mayList(target, context)) throw new S3Error("AccessDenied", "Access Denied", 403);
}

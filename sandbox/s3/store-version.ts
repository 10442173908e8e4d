import { randomBytes } from "node:crypto";
import type { Bucket, StoredVersion } from "./state";

const VERSION_ID_BYTES = 24;

/** Adds the newest version of a key: beside the others while versioning is on, else in place of the null version. */
export function storeVersion(bucket: Bucket, content: Omit<StoredVersion, "versionId">): StoredVersion {
  const enabled = bucket.versioning === "Enabled";
  const version = { ...content, versionId: enabled ? randomBytes(VERSION_ID_BYTES).toString("base64url") : "null" };
  if (!enabled) removeVersion(bucket, version.key, "null");
  bucket.versions.push(version);
  return version;
}

export function removeVersion(bucket: Bucket, key: string, versionId: string): StoredVersion | undefined {
  const index = bucket.versions.findIndex((version) => version.key === key && version.versionId === versionId);
  return index < 0 ? undefined : bucket.versions.splice(index, 1)[0];
}

/** A bucket that never had versioning says nothing about versions. */
export function versionHeader(bucket: Bucket, { versionId }: StoredVersion): Record<string, string> {
  return bucket.versioning ? { "x-amz-version-id": versionId } : {};
}

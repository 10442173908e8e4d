import { header, type S3Request } from "./request";
import type { Bucket, StoredVersion } from "./state";
import { versionHeader } from "./store-version";

const KEPT = ["cache-control", "content-disposition", "content-encoding", "content-language", "expires"];
const METADATA = "x-amz-meta-";

export function headersToKeep(request: S3Request): Record<string, string> {
  const kept = KEPT.flatMap((name) => {
    const value = header(request, name);
    return value === undefined || value === "" ? [] : [[name, value]];
  });
  return { "content-type": header(request, "content-type") ?? "binary/octet-stream", ...Object.fromEntries(kept) };
}

export function metadataOf(request: S3Request): Record<string, string> {
  return Object.fromEntries(
    Object.keys(request.headers)
      .filter((name) => name.startsWith(METADATA))
      .map((name) => [name.slice(METADATA.length), header(request, name) ?? ""]),
  );
}

/** Headers that GetObject and HeadObject answer with. */
export function objectHeaders(bucket: Bucket, version: StoredVersion, withChecksums: boolean): Record<string, string> {
  const metadata = Object.entries(version.metadata).map(([name, value]) => [METADATA + name, value]);
  return {
    ...version.headers,
    ...Object.fromEntries(metadata),
    ...validators(bucket, version),
    ...(withChecksums ? version.checksums : {}),
    ...(withChecksums && Object.keys(version.checksums).length > 0 ? { "x-amz-checksum-type": "FULL_OBJECT" } : {}),
    "accept-ranges": "bytes",
    "x-amz-server-side-encryption": "AES256",
  };
}

/** What a 304 answers with too. */
export function validators(bucket: Bucket, version: StoredVersion): Record<string, string> {
  return {
    etag: version.etag,
    "last-modified": new Date(version.modified).toUTCString(),
    ...versionHeader(bucket, version),
  };
}

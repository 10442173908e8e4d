import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";
import { authorizeBucket } from "./authorize";
import { S3Error } from "./error";
import { findBucket } from "./find-bucket";
import { type S3Request, xmlResponse } from "./request";
import type { Bucket, StoredVersion } from "./state";
import { document, element, type Markup, NAMESPACE } from "./xml";

const MAXIMUM_KEYS = 1000;

type Entry = { name: string; version?: StoredVersion };

/** ListObjectsV2. */
export function listObjects(request: S3Request, context: RequestContext): HttpResponse {
  const bucket = findBucket(request, context);
  const { query } = request;
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  authorizeBucket("s3:ListBucket", { bucket, request }, context);
  const limit = maxKeys(query.get("max-keys"));
  const token = query.get("continuation-token");
  const after = token === null ? (query.get("start-after") ?? "") : decodeToken(token);
  const entries = entriesOf(bucket, prefix, delimiter).filter(({ name }) => compare(name, after) > 0);
  const page = entries.slice(0, limit);
  const last = entries.length > page.length ? page.at(-1) : undefined;
  const written = (text: string) => (query.get("encoding-type") === "url" ? encodeURIComponent(text) : text);
  const optional = (name: string, text: string | null | undefined) => (text ? [element(name, text)] : []);
  return xmlResponse(
    document(
      element(
        "ListBucketResult",
        [
          element("Name", bucket.name),
          element("Prefix", written(prefix)),
          ...optional("Delimiter", written(delimiter)),
          ...optional("StartAfter", written(query.get("start-after") ?? "")),
          ...optional("ContinuationToken", token),
          ...optional("EncodingType", query.get("encoding-type")),
          element("KeyCount", String(page.length)),
          element("MaxKeys", String(limit)),
          element("IsTruncated", String(last !== undefined)),
          ...optional("NextContinuationToken", last && Buffer.from(last.name).toString("base64url")),
          ...page.map((entry) => entryElement(entry, written, bucket, query.get("fetch-owner") === "true")),
        ],
        NAMESPACE,
      ),
    ),
  );
}

function entryElement(
  { name, version }: Entry,
  written: (text: string) => string,
  bucket: Bucket,
  owner: boolean,
): Markup {
  if (!version) return element("CommonPrefixes", [element("Prefix", written(name))]);
  return element("Contents", [
    element("Key", written(name)),
    element("LastModified", new Date(version.modified).toISOString()),
    element("ETag", version.etag),
    element("Size", String(version.size)),
    element("StorageClass", "STANDARD"),
    ...(owner ? [element("Owner", [element("ID", bucket.accountId)])] : []),
  ]);
}

/** Current objects and, with a delimiter, the prefixes that stand for many, in the order of their bytes. */
function entriesOf(bucket: Bucket, prefix: string, delimiter: string): Entry[] {
  const entries = new Map<string, Entry>();
  for (const version of currentVersions(bucket)) {
    if (!version.key.startsWith(prefix)) continue;
    const end = delimiter === "" ? -1 : version.key.indexOf(delimiter, prefix.length);
    const name = end < 0 ? version.key : version.key.slice(0, end + delimiter.length);
    entries.set(name, end < 0 ? { name, version } : { name });
  }
  return [...entries.values()].sort((left, right) => compare(left.name, right.name));
}

function currentVersions(bucket: Bucket): StoredVersion[] {
  const current = new Map(bucket.versions.map((version) => [version.key, version]));
  return [...current.values()].filter(({ deleteMarker }) => !deleteMarker);
}

function compare(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

function maxKeys(text: string | null): number {
  if (text === null) return MAXIMUM_KEYS;
  if (!/^\d{1,9}$/.test(text)) {
    throw new S3Error("InvalidArgument", "Provided max-keys not an integer or within integer range", 400, {
      ArgumentName: "max-keys",
      ArgumentValue: text,
    });
  }
  return Math.min(Number(text), MAXIMUM_KEYS);
}

function decodeToken(token: string): string {
  if (/^[\w-]+$/.test(token)) return Buffer.from(token, "base64url").toString();
  throw new S3Error("InvalidArgument", "The continuation token provided is incorrect", 400, {
    ArgumentName: "continuation-token",
    ArgumentValue: token,
  });
}

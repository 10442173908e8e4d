import { S3Error } from "./error";
import { header, type S3Request } from "./request";
import type { StoredVersion } from "./state";

/** What the conditional headers of a read ask for: the object, or 304 because the caller has it. Throws the 412. */
export function readCondition(request: S3Request, version: StoredVersion): "send" | "not-modified" {
  const modified = Math.floor(version.modified / 1000) * 1000;
  const ifMatch = header(request, "if-match");
  const ifUnmodifiedSince = dateOf(header(request, "if-unmodified-since"));
  if (ifMatch !== undefined && !names(ifMatch, version.etag)) throw failed("If-Match");
  if (ifMatch === undefined && ifUnmodifiedSince !== undefined && modified > ifUnmodifiedSince) {
    throw failed("If-Unmodified-Since");
  }
  const ifNoneMatch = header(request, "if-none-match");
  if (ifNoneMatch !== undefined) return names(ifNoneMatch, version.etag) ? "not-modified" : "send";
  const ifModifiedSince = dateOf(header(request, "if-modified-since"));
  return ifModifiedSince !== undefined && modified <= ifModifiedSince ? "not-modified" : "send";
}

/** `If-None-Match: *` writes only what is not there yet; `If-Match` replaces only the object it names. */
export function checkWriteCondition(request: S3Request, current: StoredVersion | undefined): void {
  const existing = current?.deleteMarker ? undefined : current;
  const ifNoneMatch = header(request, "if-none-match");
  if (ifNoneMatch !== undefined && ifNoneMatch !== "*") {
    throw new S3Error("NotImplemented", "A write takes only If-None-Match: *", 501, { Header: "If-None-Match" });
  }
  if (ifNoneMatch === "*" && existing) throw failed("If-None-Match");
  const ifMatch = header(request, "if-match");
  if (ifMatch === undefined) return;
  if (!existing) throw new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: request.key });
  if (!names(ifMatch, existing.etag)) throw failed("If-Match");
}

function names(header: string, etag: string): boolean {
  return header
    .split(",")
    .map((text) => text.trim().replace(/^W\//, ""))
    .some((text) => text === "*" || text === etag || `"${text}"` === etag);
}

function dateOf(text: string | undefined): number | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

function failed(condition: string): S3Error {
  return new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });
}

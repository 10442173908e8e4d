import type { HttpRequest } from "../protocol/http";
import { S3Error } from "./error";

const HOSTED = /^(?:(.+)\.)?s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;
const MAXIMUM_KEY_BYTES = 1024;

/** Bucket and key of a request in path style or in virtual-hosted style. */
export function addressOf(request: Pick<HttpRequest, "path" | "headers">): { bucket: string; key: string } {
  const host = (request.headers.host ?? "").toLowerCase().replace(/:\d+$/, "");
  const hosted = HOSTED.exec(host)?.[1];
  const path = request.path.slice(1);
  const slash = path.indexOf("/");
  const [bucket, key] =
    hosted !== undefined ? [hosted, path] : slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash + 1)];
  const address = { bucket: decode(bucket), key: decode(key) };
  if (Buffer.byteLength(address.key) > MAXIMUM_KEY_BYTES) {
    throw new S3Error("KeyTooLongError", "Your key is too long", 400);
  }
  return address;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error("InvalidURI", "Couldn't parse the specified URI.", 400);
  }
}

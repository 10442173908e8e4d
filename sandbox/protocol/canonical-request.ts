import { createHash } from "node:crypto";
import { AwsError } from "../service";
import type { HttpRequest } from "./http";

/** RFC 3986 encoding as SigV4 wants it: everything but unreserved characters. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

export function sha256(data: Buffer | string): string {
  return createHash("sha256").update(data).digest("hex");
}

/** S3 signs the path encoded once, every other service encodes the already encoded path again. */
function canonicalPath(path: string, service: string): string {
  const encode = service === "s3" ? (segment: string) => uriEncode(uriDecode(segment)) : uriEncode;
  return path.split("/").map(encode).join("/");
}

function canonicalQuery(request: HttpRequest): string {
  const query = request.url.search.slice(1);
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return [uriEncode(uriDecode(name)), uriEncode(uriDecode(value.join("=")))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function canonicalRequest(
  request: HttpRequest,
  options: { service: string; signedHeaders: string[]; payloadHash: string },
): string {
  const headers = options.signedHeaders.map((name) => `${name}:${headerValue(request, name)}\n`);
  return [
    request.method,
    canonicalPath(request.path, options.service),
    canonicalQuery(request),
    headers.join(""),
    options.signedHeaders.join(";"),
    options.payloadHash,
  ].join("\n");
}

export function headerValue(request: HttpRequest, name: string): string {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(",") : (value ?? "");
  return text.trim().replace(/ +/g, " ");
}

function uriDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.");
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

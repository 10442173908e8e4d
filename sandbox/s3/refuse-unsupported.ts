import { notImplemented, S3Error } from "./error";
import { header, type S3Request } from "./request";
import type { Route } from "./routes";

const SIGNING_QUERY =
  /^(x-id|X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token|Content-Sha256|User-Agent))$/i;
const COMMON_HEADERS = [
  "x-amz-checksum-mode",
  "x-amz-content-sha256",
  "x-amz-date",
  "x-amz-decoded-content-length",
  "x-amz-expected-bucket-owner",
  "x-amz-sdk-checksum-algorithm",
  "x-amz-security-token",
  "x-amz-trailer",
  "x-amz-user-agent",
];
const PREFIXES = ["x-amz-meta-", "x-amz-checksum-"];

/** The values an understood header may have; ACLs are off in every new bucket, and SSE-S3 is the only encryption. */
const VALUES: Record<string, string[]> = {
  "x-amz-acl": ["private", "bucket-owner-full-control"],
  "x-amz-object-ownership": ["BucketOwnerEnforced"],
  "x-amz-server-side-encryption": ["AES256"],
  "x-amz-storage-class": ["STANDARD"],
};

/** What nobody implemented is an error, never silently done without. */
export function refuseUnsupported(request: S3Request, route: Route): void {
  const [, , selector] = route.match.split(" ");
  for (const name of request.query.keys()) {
    if (name === selector || route.query?.includes(name) || SIGNING_QUERY.test(name)) continue;
    if (/^x-amz-/i.test(name)) refuseHeader(name.toLowerCase(), request.query.get(name) ?? "", route);
    else throw notImplemented(name);
  }
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-amz-")) refuseHeader(name, header(request, name) ?? "", route);
  }
}

function refuseHeader(name: string, value: string, route: Route): void {
  if (COMMON_HEADERS.includes(name) || PREFIXES.some((prefix) => name.startsWith(prefix))) return;
  if (!route.headers?.includes(name)) throw notImplemented(name);
  if (VALUES[name]?.includes(value)) return;
  if (name === "x-amz-acl") throw new S3Error("AccessControlListNotSupported", "The bucket does not allow ACLs", 400);
  throw notImplemented(`${name}: ${value}`);
}

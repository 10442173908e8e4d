import { createHmac, timingSafeEqual } from "node:crypto";
import { AwsError } from "../service";
import { canonicalRequest, headerValue, sha256 } from "./canonical-request";
import type { HttpRequest } from "./http";

export interface Signature {
  presigned: boolean;
  accessKeyId: string;
  scope: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** `20260131T235959Z` */
  timestamp: string;
  signedAt: Date;
  /** Seconds a presigned address is good for. */
  expires?: number;
  token?: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";
const UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
const MAXIMUM_SKEW_MS = 15 * 60 * 1000;
const WEEK_SECONDS = 7 * 24 * 60 * 60;

/** The signature a request carries, in its header or its query; undefined for an unsigned one. */
export function parseSignature(request: HttpRequest): Signature | undefined {
  if (request.headers.authorization !== undefined) return fromHeader(request, request.headers.authorization);
  if (request.url.searchParams.has("X-Amz-Signature")) return fromQuery(request);
  return undefined;
}

function fromHeader(request: HttpRequest, header: string): Signature {
  const [algorithm = "", ...rest] = header.split(" ");
  requireAlgorithm(algorithm);
  const fields = new Map(
    rest
      .join("")
      .split(",")
      .map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)]),
  );
  return signatureOf({
    presigned: false,
    credential: fields.get("Credential"),
    signedHeaders: fields.get("SignedHeaders"),
    signature: fields.get("Signature"),
    timestamp: headerValue(request, "x-amz-date"),
    token: headerValue(request, "x-amz-security-token") || undefined,
  });
}

function fromQuery(request: HttpRequest): Signature {
  const query = request.url.searchParams;
  requireAlgorithm(query.get("X-Amz-Algorithm") ?? "");
  const expires = Number(query.get("X-Amz-Expires"));
  if (!Number.isInteger(expires) || expires < 1 || expires > WEEK_SECONDS) {
    throw new AwsError("AuthorizationQueryParametersError", "X-Amz-Expires must be between 1 and 604800 seconds");
  }
  return signatureOf({
    presigned: true,
    credential: query.get("X-Amz-Credential"),
    signedHeaders: query.get("X-Amz-SignedHeaders"),
    signature: query.get("X-Amz-Signature"),
    timestamp: query.get("X-Amz-Date") ?? "",
    token: query.get("X-Amz-Security-Token") ?? undefined,
    expires,
  });
}

function requireAlgorithm(algorithm: string): void {
  if (algorithm === ALGORITHM) return;
  throw new AwsError("IncompleteSignature", `Unsupported AWS 'algorithm': '${algorithm}'.`);
}

function signatureOf(fields: {
  presigned: boolean;
  credential: string | null | undefined;
  signedHeaders: string | null | undefined;
  signature: string | null | undefined;
  timestamp: string;
  token?: string;
  expires?: number;
}): Signature {
  const missing = (["Credential", "SignedHeaders", "Signature"] as const).filter(
    (name) => !fields[`${name[0]?.toLowerCase()}${name.slice(1)}` as "credential" | "signedHeaders" | "signature"],
  );
  if (missing.length > 0) {
    throw new AwsError(
      "IncompleteSignature",
      missing.map((name) => `Authorization header requires '${name}' parameter.`).join(" "),
    );
  }
  const [accessKeyId = "", date = "", region = "", service = "", terminator, ...more] = (fields.credential ?? "").split(
    "/",
  );
  if (terminator !== "aws4_request" || more.length > 0 || !fields.timestamp.startsWith(`${date}T`)) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "Credential should be scoped to a valid date, region and service.",
      403,
    );
  }
  return {
    presigned: fields.presigned,
    accessKeyId,
    scope: [date, region, service, terminator].join("/"),
    region,
    service,
    signedHeaders: (fields.signedHeaders ?? "").split(";"),
    signature: fields.signature ?? "",
    timestamp: fields.timestamp,
    signedAt: parseTimestamp(fields.timestamp),
    ...(fields.expires === undefined ? {} : { expires: fields.expires }),
    ...(fields.token === undefined ? {} : { token: fields.token }),
  };
}

function parseTimestamp(timestamp: string): Date {
  const date = new Date(timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  if (Number.isNaN(date.getTime())) {
    throw new AwsError("IncompleteSignature", "Date must be in ISO-8601 'basic format'.");
  }
  return date;
}

/** Throws unless the request was signed with this secret, not too long ago, and over all headers that matter. */
export function verifySignature(request: HttpRequest, signature: Signature, secret: string, now: Date): void {
  requireSignedHeaders(request, signature);
  const canonical = canonicalRequest(request, {
    service: signature.service,
    signedHeaders: signature.signedHeaders,
    payloadHash: payloadHash(request, signature),
  });
  const { timestamp, scope } = signature;
  const expected = signatureFor({ secret, timestamp, scope, hash: sha256(canonical) });
  if (!equal(expected, signature.signature)) {
    throw new AwsError(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.",
      403,
    );
  }
  requireFresh(signature, now);
}

function requireSignedHeaders(request: HttpRequest, { signedHeaders }: Signature): void {
  const needed = Object.keys(request.headers).filter((name) => name.startsWith("x-amz-"));
  const unsigned = ["host", ...needed].filter((name) => !signedHeaders.includes(name));
  if (unsigned.length === 0) return;
  throw new AwsError(
    "AccessDenied",
    `There were headers present in the request which were not signed: ${unsigned.join(", ")}`,
    403,
  );
}

function payloadHash(request: HttpRequest, { presigned, service }: Signature): string {
  const actual = sha256(request.body);
  if (service !== "s3") return actual;
  const declared = headerValue(request, "x-amz-content-sha256") || (presigned ? "UNSIGNED-PAYLOAD" : "");
  if (declared === "") {
    throw new AwsError("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  }
  if (declared === actual || declared === "UNSIGNED-PAYLOAD" || declared === UNSIGNED_CHUNKS) return declared;
  if (declared.startsWith("STREAMING-")) {
    throw new AwsError("NotImplemented", `The sandbox does not support the payload signature ${declared}.`, 501);
  }
  throw new AwsError(
    "XAmzContentSHA256Mismatch",
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );
}

function requireFresh({ presigned, signedAt, expires = 0, service, timestamp }: Signature, now: Date): void {
  const age = now.getTime() - signedAt.getTime();
  if (presigned && service === "s3" && age > expires * 1000) {
    throw new AwsError("AccessDenied", "Request has expired", 403);
  }
  const limit = presigned ? expires * 1000 : MAXIMUM_SKEW_MS;
  if (age <= limit && age >= -MAXIMUM_SKEW_MS) return;
  if (service === "s3") {
    throw new AwsError(
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      403,
    );
  }
  throw new AwsError(
    "RequestExpired",
    `Signature expired or not yet current: ${timestamp} (now ${now.toISOString()}).`,
  );
}

/** The signature of a canonical request, given by its hash. */
export function signatureFor(request: { secret: string; timestamp: string; scope: string; hash: string }): string {
  const { secret, timestamp, scope, hash } = request;
  return hmac(signingKey(secret, scope), [ALGORITHM, timestamp, scope, hash].join("\n")).toString("hex");
}

function signingKey(secret: string, scope: string): Buffer {
  return scope.split("/").reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import { AwsError } from "../service";
import type { HttpRequest, HttpResponse } from "./http";

export interface JsonCall {
  operation: string;
  input: Record<string, unknown>;
}

/** AWS JSON 1.1: the operation in `x-amz-target` (`TrentService.Encrypt`), the input as the body. */
export function parseJsonCall(request: HttpRequest): JsonCall {
  const target = String(request.headers["x-amz-target"] ?? "");
  const operation = target.slice(target.lastIndexOf(".") + 1);
  if (operation === "") throw new AwsError("UnknownOperationException", "The request has no X-Amz-Target header.");
  return { operation, input: parseBody(request.body) };
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the same answer as any other body that is no structure.
  }
  throw new AwsError("SerializationException", "The request body is not a JSON structure.");
}

export function jsonResponse(result: unknown, requestId: string): HttpResponse {
  return json(200, result ?? {}, requestId);
}

/** JSON services spell some common errors differently and answer all of them with 400. */
const spelling: Record<string, string> = {
  AccessDenied: "AccessDeniedException",
  ExpiredToken: "ExpiredTokenException",
  IncompleteSignature: "IncompleteSignatureException",
  InvalidAction: "UnknownOperationException",
  InvalidClientTokenId: "UnrecognizedClientException",
  MissingAuthenticationToken: "MissingAuthenticationTokenException",
  RequestExpired: "InvalidSignatureException",
  SignatureDoesNotMatch: "InvalidSignatureException",
};

export function jsonError(error: AwsError, requestId: string): HttpResponse {
  const code = spelling[error.code] ?? error.code;
  const status = error.status >= 500 ? error.status : 400;
  const answer = json(status, { __type: code, message: error.message }, requestId);
  return { ...answer, headers: { ...answer.headers, "x-amzn-errortype": code } };
}

/** AWS JSON writes times as seconds since the epoch. */
function json(status: number, body: unknown, requestId: string): HttpResponse {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
    body: JSON.stringify(withEpochSeconds(body)),
  };
}

function withEpochSeconds(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withEpochSeconds(member)]));
}

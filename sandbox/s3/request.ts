import type { IncomingHttpHeaders } from "node:http";
import type { HttpResponse } from "../protocol/http";
import type { RequestContext } from "../service";

export interface S3Request {
  method: string;
  /** Empty for the service itself. */
  bucket: string;
  /** Decoded; empty for a bucket. */
  key: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type S3Operation = (request: S3Request, context: RequestContext) => HttpResponse;

export function header(request: S3Request, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

export function empty(status: number, headers: Record<string, string> = {}): HttpResponse {
  return { status, headers, body: "" };
}

export function xmlResponse(body: string): HttpResponse {
  return { status: 200, headers: { "content-type": "application/xml" }, body };
}

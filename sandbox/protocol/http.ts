import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export interface HttpRequest {
  method: string;
  url: URL;
  /** Path as it was sent: raw, undecoded, without the query. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Whole body, with any aws-chunked framing already taken off. */
  body: Buffer;
}

/** Where a request comes from. */
export interface Connection {
  sourceIp: string;
  /** Aborts when the client is gone. */
  signal: AbortSignal;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

const MAXIMUM_BODY_BYTES = 64 * 1024 * 1024;

export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const target = message.url ?? "/";
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAXIMUM_BODY_BYTES) throw new RangeError("The request body is larger than the sandbox accepts");
    chunks.push(chunk);
  }
  return {
    method: message.method ?? "GET",
    url: new URL(`http://${message.headers.host ?? "127.0.0.1"}${target.startsWith("/") ? target : `/${target}`}`),
    path: target.split("?", 1)[0] ?? "/",
    headers: message.headers,
    body: Buffer.concat(chunks),
  };
}

export function writeResponse(response: ServerResponse, { status, headers, body }: HttpResponse, method = "GET"): void {
  const content = typeof body === "string" ? Buffer.from(body) : body;
  const bodyless = status === 204 || status === 304;
  response.writeHead(status, {
    ...(bodyless || (method === "HEAD" && hasLength(headers)) ? {} : { "content-length": String(content.length) }),
    ...headers,
  });
  response.end(method === "HEAD" || bodyless ? undefined : content);
}

function hasLength(headers: Record<string, string>): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === "content-length");
}

import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { AwsError } from "../service";
import type { HttpRequest } from "./http";

const CRLF = "\r\n";

const checksums: Record<string, (body: Buffer) => string> = {
  "x-amz-checksum-crc32": (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString("base64");
  },
  "x-amz-checksum-sha1": (body) => createHash("sha1").update(body).digest("base64"),
  "x-amz-checksum-sha256": (body) => createHash("sha256").update(body).digest("base64"),
};

/**
 * Takes the aws-chunked framing off a body of unsigned chunks with a trailing checksum, which is what SDKs send for
 * streams, and moves the trailer to the headers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function decodeChunked(request: HttpRequest): HttpRequest {
  if (request.headers["x-amz-content-sha256"] !== "STREAMING-UNSIGNED-PAYLOAD-TRAILER") return request;
  const { body, trailers } = split(request.body);
  const declared = Number(request.headers["x-amz-decoded-content-length"]);
  if (declared !== body.length) throw new AwsError("IncompleteBody", "The request body terminated unexpectedly.");
  for (const [name, value] of Object.entries(trailers)) verifyTrailer(name, value, body);
  const { "content-encoding": encoding = "", ...headers } = request.headers;
  const rest = encoding.split(",").filter((token) => token.trim() !== "aws-chunked");
  return {
    ...request,
    body,
    headers: { ...headers, ...trailers, ...(rest.join("") === "" ? {} : { "content-encoding": rest.join(",") }) },
  };
}

function split(framed: Buffer): { body: Buffer; trailers: Record<string, string> } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = framed.indexOf(CRLF, at);
    const size = end < 0 ? "" : framed.toString("latin1", at, end);
    if (!/^[\da-f]{1,8}$/i.test(size))
      throw new AwsError("IncompleteBody", "The request body terminated unexpectedly.");
    const start = end + 2;
    const length = Number.parseInt(size, 16);
    if (length === 0) return { body: Buffer.concat(chunks), trailers: parseTrailers(framed.toString("latin1", start)) };
    chunks.push(framed.subarray(start, start + length));
    at = start + length + 2;
  }
}

function parseTrailers(text: string): Record<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );
}

function verifyTrailer(name: string, value: string, body: Buffer): void {
  const checksum = checksums[name];
  if (!checksum) throw new AwsError("NotImplemented", `The sandbox does not support the trailer ${name}.`, 501);
  if (checksum(body) !== value) {
    throw new AwsError(
      "BadDigest",
      `The ${name.slice("x-amz-checksum-".length)} you specified did not match the calculated checksum.`,
    );
  }
}

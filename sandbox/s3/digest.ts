import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { notImplemented, S3Error } from "./error";
import { header, type S3Request } from "./request";

const MD5_BYTES = 16;
const PREFIX = "x-amz-checksum-";

const ALGORITHMS: Record<string, (content: Buffer) => string> = {
  crc32: (content) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(content));
    return bytes.toString("base64");
  },
  sha1: (content) => createHash("sha1").update(content).digest("base64"),
  sha256: (content) => createHash("sha256").update(content).digest("base64"),
};

export function md5(content: Buffer): Buffer {
  return createHash("md5").update(content).digest();
}

/** Compares the body with what its sender declared; the declared checksums, to be kept with the object. */
export function verifyDigests(request: S3Request): Record<string, string> {
  verifyMd5(request);
  const declared = Object.keys(request.headers).filter(
    (name) => name.startsWith(PREFIX) && !["algorithm", "mode", "type"].includes(name.slice(PREFIX.length)),
  );
  return Object.fromEntries(
    declared.map((name) => {
      const algorithm = name.slice(PREFIX.length);
      const compute = Object.hasOwn(ALGORITHMS, algorithm) ? ALGORITHMS[algorithm] : undefined;
      if (!compute) throw notImplemented(name);
      const value = header(request, name) ?? "";
      if (compute(request.body) === value) return [name, value];
      throw new S3Error(
        "BadDigest",
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
        400,
      );
    }),
  );
}

function verifyMd5(request: S3Request): void {
  const declared = header(request, "content-md5");
  if (declared === undefined) return;
  if (md5(request.body).toString("base64") === declared) return;
  if (Buffer.from(declared, "base64").length !== MD5_BYTES) {
    throw new S3Error("InvalidDigest", "The Content-MD5 you specified was invalid.", 400);
  }
  throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400);
}

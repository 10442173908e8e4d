import { describe, expect, test } from "vitest";
import { AwsError } from "../service";
import { decodeChunked } from "./aws-chunked";
import type { HttpRequest } from "./http";

const trailer = (value: string) => `0\r\nx-amz-checksum-crc32:${value}\r\n\r\n`;

function request(body: string, headers: Record<string, string> = {}): HttpRequest {
  return {
    method: "PUT",
    url: new URL("http://127.0.0.1/bucket/key"),
    path: "/bucket/key",
    headers: {
      "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
      "x-amz-decoded-content-length": "11",
      "content-encoding": "aws-chunked",
      ...headers,
    },
    body: Buffer.from(body),
  };
}

const chunks = "6\r\nhello \r\n5\r\nworld\r\n";

describe("a body in unsigned chunks", () => {
  test("loses its framing, and its trailer becomes a header", () => {
    const { body, headers } = decodeChunked(request(`${chunks}${trailer("DUoRhQ==")}`));
    expect(body.toString()).toBe("hello world");
    expect(headers).toMatchObject({ "x-amz-checksum-crc32": "DUoRhQ==" });
    expect(headers).not.toHaveProperty("content-encoding");
  });

  test("keeps the encoding that is the object's own", () => {
    const encoded = request(`${chunks}${trailer("DUoRhQ==")}`, { "content-encoding": "gzip,aws-chunked" });
    expect(decodeChunked(encoded).headers["content-encoding"]).toBe("gzip");
  });

  test.each([
    ["a wrong checksum", `${chunks}${trailer("AAAAAA==")}`, "BadDigest"],
    ["a missing end", chunks, "IncompleteBody"],
    ["a size that is no number", `zz\r\nhello\r\n${trailer("DUoRhQ==")}`, "IncompleteBody"],
    ["another length than declared", `5\r\nhello\r\n${trailer("DUoRhQ==")}`, "IncompleteBody"],
    ["a checksum that the sandbox cannot verify", `${chunks}0\r\nx-amz-checksum-crc64nvme:x\r\n\r\n`, "NotImplemented"],
  ])("is refused with %s", (_, body, code) => {
    expect(() => decodeChunked(request(body))).toThrow(AwsError);
    expect(() => decodeChunked(request(body))).toThrow(expect.objectContaining({ code }));
  });
});

test("a plain body stays as it is", () => {
  const plain = request("hello", { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" });
  expect(decodeChunked(plain)).toBe(plain);
});

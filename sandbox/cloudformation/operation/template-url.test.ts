import { describe, expect, test } from "vitest";
import { parseTemplateUrl } from "./template-url";

const sandbox = "http://127.0.0.1:4566";

describe("parseTemplateUrl", () => {
  test.each([
    ["http://127.0.0.1:4566/bucket/a/b.json", { Bucket: "bucket", Key: "a/b.json" }],
    ["http://localhost:4566/bucket/a%20b.json?versionId=v1", { Bucket: "bucket", Key: "a b.json", VersionId: "v1" }],
    ["https://bucket.s3.eu-west-1.amazonaws.com/t.json", { Bucket: "bucket", Key: "t.json" }],
    ["https://my.bucket.s3.amazonaws.com/t.json", { Bucket: "my.bucket", Key: "t.json" }],
    ["https://bucket.s3.cn-north-1.amazonaws.com.cn/t.json", { Bucket: "bucket", Key: "t.json" }],
    ["https://s3.eu-west-1.amazonaws.com/bucket/t.json", { Bucket: "bucket", Key: "t.json" }],
  ])("%s", (url, address) => {
    expect(parseTemplateUrl(url, sandbox)).toEqual({ VersionId: undefined, ...address });
  });

  test.each([
    "https://example.com/t.json",
    "https://bucket.s3.amazonaws.com.evil.com/t.json",
    "https://evil.com/bucket.s3.amazonaws.com/t.json",
    "http://bucket.s3.eu-west-1.amazonaws.com/t.json",
    "https://bucket.s3-website.eu-west-1.amazonaws.com/t.json",
    "http://127.0.0.1:9999/bucket/t.json",
    "http://user:pass@127.0.0.1:4566/bucket/t.json",
    "http://127.0.0.1:4566/bucket",
    "http://127.0.0.1:4566//t.json",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "",
  ])("refuses %j", (url) => {
    expect(() => parseTemplateUrl(url, sandbox)).toThrow("TemplateURL must be a supported URL.");
  });

  test("refuses a presigned address instead of ignoring its signature", () => {
    expect(() => parseTemplateUrl(`${sandbox}/bucket/t.json?X-Amz-Signature=0`, sandbox)).toThrow("presigned");
  });
});

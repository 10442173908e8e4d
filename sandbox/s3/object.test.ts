import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { createTestBucket, s3Of, TEMPLATE } from "../testing/s3";

const Bucket = "templates";
const Key = "a/template.json";

let sandbox: RunningSandbox;
let s3: S3Client;

beforeEach(async () => {
  sandbox = await createSandbox();
  s3 = s3Of(sandbox.url);
  await createTestBucket(s3);
});

afterEach(() => sandbox.close());

describe("PutObject", () => {
  test("keeps content, type and metadata", async () => {
    const Metadata = { digest: "abc" };
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: "new", ContentType: "text/plain", Metadata }));
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await answer.Body?.transformToString()).toBe("new");
    expect(answer).toMatchObject({
      ContentType: "text/plain",
      ETag: `"${createHash("md5").update("new").digest("hex")}"`,
      Metadata,
      ServerSideEncryption: "AES256",
    });
  });

  test.each(["plus+and space.json", "ünïcode/☃.json", "a//b", "query?x=1&y", "__proto__"])(
    "keeps the key %s as it is",
    async (name) => {
      await s3.send(new PutObjectCommand({ Bucket, Key: name, Body: "x" }));
      expect(await (await s3.send(new GetObjectCommand({ Bucket, Key: name }))).Body?.transformToString()).toBe("x");
      expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map((item) => item.Key)).toContain(name);
    },
  );

  test("takes a stream", async () => {
    const Body = Readable.from([Buffer.from("one "), Buffer.from("two")]);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 7 }));
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe("one two");
  });

  test("writes only what is new when asked to", async () => {
    const command = (name: string) => new PutObjectCommand({ Bucket, Key: name, Body: "other", IfNoneMatch: "*" });
    await expect(s3.send(command(Key))).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    });
    expect(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe(TEMPLATE);
    await s3.send(command("new.json"));
  });

  test.each<[string, Partial<PutObjectCommandInput>, string]>([
    ["MD5", { ContentMD5: createHash("md5").update("y").digest("base64") }, "BadDigest"],
    ["MD5 form", { ContentMD5: "eA==" }, "InvalidDigest"],
    ["SHA-256", { ChecksumSHA256: createHash("sha256").update("y").digest("base64") }, "BadDigest"],
    ["CRC-32", { ChecksumCRC32: "AAAAAA==" }, "BadDigest"],
  ])("refuses a wrong %s", async (_name, digest, name) => {
    const attempt = s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x", ...digest }));
    await expect(attempt).rejects.toMatchObject({ name });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "x" }))).rejects.toMatchObject({ name: "NotFound" });
  });

  test.each<[string, Partial<PutObjectCommandInput>, string]>([
    ["SSE-KMS", { ServerSideEncryption: "aws:kms" }, "NotImplemented"],
    ["a customer's key", { SSECustomerAlgorithm: "AES256", SSECustomerKey: "k".repeat(32) }, "NotImplemented"],
    ["tags", { Tagging: "a=b" }, "NotImplemented"],
    ["another storage class", { StorageClass: "GLACIER" }, "NotImplemented"],
    ["a public ACL", { ACL: "public-read" }, "AccessControlListNotSupported"],
  ])("refuses %s", async (_name, input, name) => {
    await expect(s3.send(new PutObjectCommand({ Bucket, Key: "x", Body: "x", ...input }))).rejects.toMatchObject({
      name,
    });
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "x" }))).rejects.toMatchObject({ name: "NotFound" });
  });
});

describe("GetObject and HeadObject", () => {
  test("answer a range", async () => {
    const answer = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=2-10" }));
    expect(await answer.Body?.transformToString()).toBe(TEMPLATE.slice(2, 11));
    expect(answer).toMatchObject({ ContentLength: 9, ContentRange: `bytes 2-10/${TEMPLATE.length}` });
    const tail = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=-3" }));
    expect(await tail.Body?.transformToString()).toBe(TEMPLATE.slice(-3));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=999-" }))).rejects.toMatchObject({
      name: "InvalidRange",
      $metadata: { httpStatusCode: 416 },
    });
  });

  test("answer by ETag", async () => {
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
    await s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: ETag }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(s3.send(new GetObjectCommand({ Bucket, Key, IfMatch: '"other"' }))).rejects.toMatchObject({
      name: "PreconditionFailed",
    });
  });

  test("tell the size and type without the content", async () => {
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({
      ContentLength: TEMPLATE.length,
      ContentType: "application/json",
    });
  });

  test("know a missing object from a missing bucket", async () => {
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: "none" }))).rejects.toMatchObject({
      name: "NoSuchKey",
      $metadata: { httpStatusCode: 404 },
    });
    await expect(s3.send(new GetObjectCommand({ Bucket: "nowhere", Key }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });
});

test("objects are listed by prefix and delimiter, page by page", async () => {
  for (const name of ["a/one.json", "b/two.json", "b/three.json", "c"]) {
    await s3.send(new PutObjectCommand({ Bucket, Key: name, Body: "x" }));
  }
  const list = (input: object) => s3.send(new ListObjectsV2Command({ Bucket, ...input }));
  expect((await list({ Prefix: "b/" })).Contents?.map((item) => item.Key)).toEqual(["b/three.json", "b/two.json"]);
  const top = await list({ Delimiter: "/" });
  expect(top.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["a/", "b/"]);
  expect(top.Contents?.map((item) => item.Key)).toEqual(["c"]);
  const first = await list({ MaxKeys: 3 });
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 3 });
  const second = await list({ ContinuationToken: first.NextContinuationToken });
  expect([...(first.Contents ?? []), ...(second.Contents ?? [])].map((item) => item.Key)).toEqual([
    "a/one.json",
    Key,
    "b/three.json",
    "b/two.json",
    "c",
  ]);
});

test("a bucket's own host name reaches its objects", async () => {
  const virtual = s3Of(sandbox.url);
  virtual.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { headers: Record<string, string>; path: string };
      request.headers.host = "templates.s3.us-east-1.amazonaws.com";
      request.path = request.path.replace(/^\/templates/, "");
      return next(args);
    },
    { step: "build", priority: "low" },
  );
  const answer = await virtual.send(new GetObjectCommand({ Bucket, Key }));
  expect(await answer.Body?.transformToString()).toBe(TEMPLATE);
});

test("a multipart upload is refused", async () => {
  await expect(s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).rejects.toMatchObject({
    name: "NotImplemented",
  });
});

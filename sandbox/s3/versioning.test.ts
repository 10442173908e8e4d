import {
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { createTestBucket, s3Of, setVersioning, TEMPLATE } from "../testing/s3";

const Bucket = "templates";
const Key = "a/template.json";

let sandbox: RunningSandbox;
let s3: S3Client;

beforeEach(async () => {
  sandbox = await createSandbox();
  s3 = s3Of(sandbox.url);
});

afterEach(() => sandbox.close());

async function put(Body: string) {
  return (await s3.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
}

async function get(VersionId?: string) {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return { text: await answer.Body?.transformToString(), VersionId: answer.VersionId };
}

test("every version can be read by its ID", async () => {
  const first = await createTestBucket(s3, { versioned: true });
  const second = await put("second");
  expect(first).not.toBe(second);
  expect(await get(first)).toEqual({ text: TEMPLATE, VersionId: first });
  expect(await get(second)).toEqual({ text: "second", VersionId: second });
  expect(await get()).toEqual({ text: "second", VersionId: second });
});

test("a deleted object leaves a marker; without the marker it is back", async () => {
  const first = await createTestBucket(s3, { versioned: true });
  const deleted = await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  expect(deleted.DeleteMarker).toBe(true);
  await expect(get()).rejects.toMatchObject({ name: "NoSuchKey" });
  await expect(get(deleted.VersionId)).rejects.toMatchObject({
    name: "MethodNotAllowed",
    $metadata: { httpStatusCode: 405 },
  });
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toBeUndefined();
  expect((await get(first)).text).toBe(TEMPLATE);
  await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: deleted.VersionId }));
  expect((await get()).VersionId).toBe(first);
});

test("a version that is deleted is gone", async () => {
  const first = await createTestBucket(s3, { versioned: true });
  await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: first }));
  await expect(get(first)).rejects.toMatchObject({ name: "NoSuchVersion", $metadata: { httpStatusCode: 404 } });
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

test("objects from before versioning, and from after its suspension, share the version null", async () => {
  expect(await createTestBucket(s3)).toBeUndefined();
  await setVersioning(s3, "Enabled");
  const second = await put("second");
  expect((await get("null")).text).toBe(TEMPLATE);
  await setVersioning(s3, "Suspended");
  expect(await put("third")).toBe("null");
  expect((await get("null")).text).toBe("third");
  expect((await get(second)).text).toBe("second");
  const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  expect(Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    ["null", true],
    [second, false],
  ]);
});

test("a bucket with only a delete marker is not empty", async () => {
  const first = await createTestBucket(s3, { versioned: true });
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: first }));
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "BucketNotEmpty" });
});

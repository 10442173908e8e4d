import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { CUSTOMER, createTestBucket, s3Of, TEMPLATE } from "../testing/s3";

const Bucket = "templates";
const Key = "a/template.json";
const MINUTE = 60_000;

let clock: Date;
let sandbox: RunningSandbox;
let vendor: S3Client;

beforeEach(async () => {
  clock = new Date();
  sandbox = await createSandbox({ now: () => clock });
  vendor = s3Of(sandbox.url);
  await createTestBucket(vendor);
});

afterEach(() => sandbox.close());

function sign(s3 = vendor, name = Key): Promise<string> {
  return getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: name }), { expiresIn: 300 });
}

test("anybody reads a private object by a signed address", async () => {
  const answer = await fetch(await sign());
  expect([answer.status, await answer.text()]).toEqual([200, TEMPLATE]);
});

test("a signed address may choose the response's headers", async () => {
  const command = new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: 'attachment; filename="t.json"' });
  const answer = await fetch(await getSignedUrl(vendor, command));
  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="t.json"');
});

test("HEAD and PUT can be signed too", async () => {
  const head = await fetch(await getSignedUrl(vendor, new HeadObjectCommand({ Bucket, Key })), { method: "HEAD" });
  expect([head.status, head.headers.get("content-length")]).toEqual([200, String(TEMPLATE.length)]);
  const put = await getSignedUrl(vendor, new PutObjectCommand({ Bucket, Key: "uploaded" }));
  expect((await fetch(put, { method: "PUT", body: "by address" })).status).toBe(200);
  const stored = await vendor.send(new GetObjectCommand({ Bucket, Key: "uploaded" }));
  expect(await stored.Body?.transformToString()).toBe("by address");
});

test("a signed address expires", async () => {
  const url = await sign();
  clock = new Date(clock.getTime() + 6 * MINUTE);
  const answer = await fetch(url);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("AccessDenied")]);
});

test.each<[string, (url: string) => string]>([
  ["another object", (url) => url.replace("template.json", "other.json")],
  ["a longer life", (url) => url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000")],
  ["another signature", (url) => url.replace(/(X-Amz-Signature=)./, "$1z")],
  ["one more parameter", (url) => `${url}&versionId=null`],
])("a signed address changed to %s is refused", async (_name, change) => {
  const answer = await fetch(change(await sign()));
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("SignatureDoesNotMatch")]);
});

test("a signed address is no other method's", async () => {
  expect((await fetch(await sign(), { method: "DELETE" })).status).toBe(403);
});

test("an address signed by another account opens nothing", async () => {
  const answer = await fetch(await sign(s3Of(sandbox.url, CUSTOMER)));
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("AccessDenied")]);
});

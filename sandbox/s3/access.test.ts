import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { allow, CUSTOMER, createTestBucket, putPolicy, s3Of, setPublicAccess, TEMPLATE, VENDOR } from "../testing/s3";

const Bucket = "templates";
const Key = "a/template.json";
const everybody = allow("*", ["s3:GetObject", "s3:GetObjectVersion"]);
const customerRoot = { AWS: `arn:aws:iam::${CUSTOMER}:root` };
const open = { BlockPublicPolicy: false, RestrictPublicBuckets: false };

let sandbox: RunningSandbox;
let vendor: S3Client;
let customer: S3Client;
let versionId: string | undefined;

beforeEach(async () => {
  sandbox = await createSandbox();
  vendor = s3Of(sandbox.url);
  customer = s3Of(sandbox.url, CUSTOMER);
  versionId = await createTestBucket(vendor, { versioned: true });
});

afterEach(() => sandbox.close());

function anonymously(path = Key, init?: RequestInit): Promise<Response> {
  return fetch(`${sandbox.url}/${Bucket}/${path}`, init);
}

async function read(s3: S3Client, name = Key): Promise<string | undefined> {
  return (await s3.send(new GetObjectCommand({ Bucket, Key: name }))).Body?.transformToString();
}

describe("nobody outside the account", () => {
  test("reads a private object", async () => {
    const answer = await anonymously();
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
    await expect(read(customer)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("learns whether a private object exists", async () => {
    expect((await anonymously("none")).status).toBe(403);
    await expect(read(customer, "none")).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("writes or deletes", async () => {
    expect((await anonymously(Key, { method: "PUT", body: "mine" })).status).toBe(403);
    expect((await anonymously(Key, { method: "DELETE" })).status).toBe(403);
    await expect(customer.send(new PutObjectCommand({ Bucket, Key, Body: "mine" }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
    expect(await read(vendor)).toBe(TEMPLATE);
  });

  test("lists buckets or makes one without signing", async () => {
    expect((await fetch(sandbox.url)).status).toBe(403);
    expect((await fetch(`${sandbox.url}/mine-now`, { method: "PUT" })).status).toBe(403);
  });

  test("passes with a signature made by a wrong secret", async () => {
    const credentials = { accessKeyId: `AKIASANDBOX${VENDOR}`, secretAccessKey: "guessed" };
    Object.assign(vendor.config, { credentials: async () => credentials });
    await expect(read(vendor)).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  });
});

describe("a public bucket policy", () => {
  test("is refused while public policies are blocked, as they are in a new bucket", async () => {
    await expect(putPolicy(vendor, everybody)).rejects.toMatchObject({
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(vendor.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: "NoSuchBucketPolicy",
    });
  });

  test("lets everybody read, also by version, and learn nothing else", async () => {
    await setPublicAccess(vendor, open);
    await putPolicy(vendor, everybody);
    for (const path of [Key, `${Key}?versionId=${versionId}`]) {
      const answer = await anonymously(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-type")).toBe("application/json");
      expect(answer.headers.get("x-amz-version-id")).toBe(versionId);
      expect(await answer.text()).toBe(TEMPLATE);
    }
    const head = await anonymously(Key, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(TEMPLATE.length)]);
    expect((await anonymously("none")).status).toBe(403);
    expect((await fetch(`${sandbox.url}/${Bucket}?list-type=2`)).status).toBe(403);
    expect((await anonymously(Key, { method: "PUT", body: "mine" })).status).toBe(403);
    expect(await read(customer)).toBe(TEMPLATE);
  });

  test("counts for nobody outside the account while public buckets are restricted", async () => {
    await setPublicAccess(vendor, open);
    await putPolicy(vendor, everybody, allow(customerRoot, "s3:GetObject"));
    await setPublicAccess(vendor, { ...open, RestrictPublicBuckets: true });
    expect((await anonymously()).status).toBe(403);
    await expect(read(customer)).rejects.toMatchObject({ name: "AccessDenied" });
    expect(await read(vendor)).toBe(TEMPLATE);
  });

  test.each<[string, object]>([
    ["named as AWS", allow({ AWS: "*" }, "s3:GetObject")],
    [
      "by its condition's wildcard",
      allow("*", "s3:GetObject", undefined, { Condition: { StringLike: { "aws:PrincipalArn": "*" } } }),
    ],
    [
      "by an unrelated condition",
      allow("*", "s3:GetObject", undefined, { Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    ],
    ["by everybody but one", { ...allow("*", "s3:GetObject"), Principal: undefined, NotPrincipal: customerRoot }],
    [
      "by all addresses",
      allow("*", "s3:GetObject", undefined, { Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } }),
    ],
  ])("is known when public %s", async (_name, statement) => {
    await expect(putPolicy(vendor, statement)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("is not what names an account, even behind a star", async () => {
    const Condition = { StringEquals: { "aws:PrincipalAccount": CUSTOMER } };
    await putPolicy(vendor, allow("*", "s3:GetObject", undefined, { Condition }));
    expect(await read(customer)).toBe(TEMPLATE);
    expect((await anonymously()).status).toBe(403);
    await expect(read(s3Of(sandbox.url, "444455556666"))).rejects.toMatchObject({ name: "AccessDenied" });
  });
});

describe("a bucket policy", () => {
  test("lets another account do what it says and no more", async () => {
    await putPolicy(vendor, allow(customerRoot, "s3:GetObject", "arn:aws:s3:::templates/a/*"));
    await vendor.send(new PutObjectCommand({ Bucket, Key: "b/secret", Body: "secret" }));
    expect(await read(customer)).toBe(TEMPLATE);
    await expect(read(customer, "b/secret")).rejects.toMatchObject({ name: "AccessDenied" });
    await expect(customer.send(new GetObjectCommand({ Bucket, Key, VersionId: versionId }))).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  test("never lets another account change the bucket itself", async () => {
    await putPolicy(vendor, allow(customerRoot, "s3:*", "arn:aws:s3:::templates"));
    await expect(customer.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({
      name: "MethodNotAllowed",
    });
  });

  test("denies its own account too", async () => {
    await putPolicy(vendor, { ...allow("*", "s3:GetObject"), Effect: "Deny" });
    await expect(read(vendor)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test.each([
    ["is not JSON", "{"],
    ["speaks of another bucket", policy(allow(customerRoot, "s3:GetObject", "arn:aws:s3:::other/*"))],
    ["speaks of another service", policy(allow(customerRoot, "kms:Decrypt"))],
    ["names nobody", policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::templates/*" })],
  ])("that %s is refused", async (_name, Policy) => {
    await expect(vendor.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
      name: "MalformedPolicy",
    });
  });

  test("comes back as it was written", async () => {
    const Policy = policy({ Sid: "Customer may read", ...allow(customerRoot, "s3:GetObject") });
    await vendor.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await vendor.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  });
});

test("the public access block is on, can be changed and taken away", async () => {
  const get = () => vendor.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect((await get()).PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  await setPublicAccess(vendor, { BlockPublicPolicy: false, RestrictPublicBuckets: true });
  expect((await get()).PublicAccessBlockConfiguration?.BlockPublicPolicy).toBe(false);
  await vendor.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await expect(get()).rejects.toMatchObject({ name: "NoSuchPublicAccessBlockConfiguration" });
});

function policy(...Statement: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

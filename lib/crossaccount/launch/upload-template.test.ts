import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { uploadTemplate } from "./upload-template";

const bucket = "nimbus-templates";
const template = '{ "Resources": {} }\n';
let sandbox: RunningSandbox;
let s3: S3Client;

beforeAll(async () => {
  sandbox = await createSandbox();
  s3 = client("AKIASANDBOX123456789012");
});

afterAll(async () => {
  s3.destroy();
  await sandbox.close();
});

beforeEach(async () => {
  sandbox.reset();
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
});

function client(accessKeyId: string, region = "us-east-1"): S3Client {
  const credentials = { accessKeyId, secretAccessKey: "sandbox" };
  return new S3Client({
    endpoint: sandbox.url,
    region,
    forcePathStyle: true,
    credentials,
    maxAttempts: 1,
  });
}

function upload(change: Partial<Parameters<typeof uploadTemplate>[0]> = {}): Promise<string> {
  return uploadTemplate({ s3, bucket, serviceName: "Nimbus", template, endpoint: sandbox.url, ...change });
}

test("the template's address is made from its content, and uploading again changes nothing", async () => {
  const url = await upload();
  expect(url).toMatch(new RegExp(`^${sandbox.url}/nimbus-templates/templates/Nimbus/[0-9a-f]{64}\\.template\\.json$`));
  expect(await upload()).toBe(url);
  expect(await upload({ template: `${template}\n` })).not.toBe(url);
});

test("what somebody else put in the template's place is not linked to", async () => {
  const url = await upload();
  const Key = new URL(url).pathname.slice(`/${bucket}/`.length);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: '{ "Resources": { "Theirs": {} } }' }));
  await expect(upload()).rejects.toMatchObject({
    code: "template-upload-failed",
    message: expect.stringContaining(Key) as string,
  });
});

test("in a versioned bucket the address names the version, the same one when it is there already", async () => {
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  const url = await upload();
  expect(url).toMatch(/\?versionId=.+/);
  expect(await upload()).toBe(url);
});

test.each([
  ["us-east-1", "https://nimbus-templates.s3.us-east-1.amazonaws.com/templates/Nimbus/"],
  ["cn-north-1", "https://nimbus-templates.s3.cn-north-1.amazonaws.com.cn/templates/Nimbus/"],
  ["us-gov-west-1", "https://nimbus-templates.s3.us-gov-west-1.amazonaws.com/templates/Nimbus/"],
])("on AWS itself, a bucket in %s has the address that CloudFormation takes", async (region, beginning) => {
  sandbox.reset();
  const there = client("AKIASANDBOX123456789012", region);
  await there.send(new CreateBucketCommand({ Bucket: bucket }));
  expect(await upload({ s3: there, endpoint: undefined })).toMatch(beginning);
});

test("what went wrong is told in words, with the cause kept", async () => {
  await expect(upload({ bucket: "nowhere-to-be-found" })).rejects.toMatchObject({
    code: "template-upload-failed",
    message: expect.stringMatching(/bucket does not exist/),
    cause: { name: "NoSuchBucket" },
  });
  await expect(upload({ s3: client("AKIASANDBOX111122223333") })).rejects.toMatchObject({
    code: "template-upload-failed",
    message: expect.stringMatching(/may not write there/),
  });
  await expect(upload({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
});

test.each<[string, Partial<S3ClientConfig>, RegExp]>([
  [
    "whose secret is wrong",
    { credentials: { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "wrong" } },
    /did not accept the credentials/,
  ],
  [
    "that nobody has",
    { credentials: { accessKeyId: "AKIANOBODY", secretAccessKey: "x" } },
    /did not accept the credentials/,
  ],
  [
    "that are not there",
    { credentials: () => Promise.reject(Object.assign(new Error("none"), { name: "CredentialsProviderError" })) },
    /it has none/,
  ],
])("credentials %s are told, and not taken for an outage", async (_what, given, words) => {
  const wrong = new S3Client({
    ...{ endpoint: sandbox.url, region: "us-east-1", forcePathStyle: true, maxAttempts: 1 },
    ...given,
  });
  await expect(upload({ s3: wrong })).rejects.toMatchObject({
    code: "template-upload-failed",
    message: expect.stringMatching(words) as string,
  });
});

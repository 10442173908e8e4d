import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutBucketEncryptionCommand,
  type S3Client,
  type ServerSideEncryption,
} from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { CUSTOMER, createTestBucket, s3Of, setVersioning, VENDOR } from "../testing/s3";

const Bucket = "templates";

let sandbox: RunningSandbox;
let s3: S3Client;

beforeEach(async () => {
  sandbox = await createSandbox();
  s3 = s3Of(sandbox.url);
});

afterEach(() => sandbox.close());

describe("CreateBucket", () => {
  test("makes a bucket that its account lists", async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    expect((await s3.send(new ListBucketsCommand())).Buckets).toMatchObject([
      { Name: Bucket, BucketRegion: "us-east-1" },
    ]);
    expect((await s3Of(sandbox.url, CUSTOMER).send(new ListBucketsCommand())).Buckets).toEqual([]);
    expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe("us-east-1");
  });

  test("refuses a name that another account has", async () => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const attempt = s3Of(sandbox.url, CUSTOMER).send(new CreateBucketCommand({ Bucket }));
    await expect(attempt).rejects.toMatchObject({ name: "BucketAlreadyExists", $metadata: { httpStatusCode: 409 } });
  });

  test("says when the caller has the bucket already, in all Regions but us-east-1", async () => {
    const europe = s3Of(sandbox.url, VENDOR, "eu-central-1");
    await europe.send(new CreateBucketCommand({ Bucket }));
    await expect(europe.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: "BucketAlreadyOwnedByYou",
    });
    await s3.send(new CreateBucketCommand({ Bucket: "another" }));
    await s3.send(new CreateBucketCommand({ Bucket: "another" }));
  });

  test.each(["ab", "Upper", "a..b", "-start", "end-", "192.0.2.1", "under_score", "xn--a", "a".repeat(64)])(
    "refuses the name %s",
    async (name) => {
      await expect(s3.send(new CreateBucketCommand({ Bucket: name }))).rejects.toMatchObject({
        name: "InvalidBucketName",
      });
    },
  );

  test("refuses a location that is not the Region of the request", async () => {
    const elsewhere = { LocationConstraint: "eu-west-1" } as const;
    await expect(
      s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: elsewhere })),
    ).rejects.toMatchObject({ name: "IllegalLocationConstraintException" });
  });
});

test("a bucket is reached in its own Region, and others are told which that is", async () => {
  const europe = s3Of(sandbox.url, VENDOR, "eu-central-1");
  await europe.send(new CreateBucketCommand({ Bucket }));
  expect((await europe.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe("eu-central-1");
  await expect(s3.send(new GetBucketVersioningCommand({ Bucket }))).rejects.toMatchObject({
    name: "AuthorizationHeaderMalformed",
    Region: "eu-central-1",
  });
});

test("a bucket that does not exist", async () => {
  await expect(s3.send(new GetBucketVersioningCommand({ Bucket }))).rejects.toMatchObject({
    name: "NoSuchBucket",
    $metadata: { httpStatusCode: 404 },
  });
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "NotFound" });
});

test("a bucket of another account", async () => {
  await createTestBucket(s3);
  const customer = s3Of(sandbox.url, CUSTOMER);
  for (const command of [
    new GetBucketVersioningCommand({ Bucket }),
    new DeleteBucketCommand({ Bucket }),
    new GetBucketEncryptionCommand({ Bucket }),
  ]) {
    await expect(customer.send(command as DeleteBucketCommand)).rejects.toMatchObject({
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    });
  }
  await expect(
    s3.send(new GetBucketVersioningCommand({ Bucket, ExpectedBucketOwner: CUSTOMER })),
  ).rejects.toMatchObject({ name: "AccessDenied" });
});

test("only an empty bucket is deleted", async () => {
  await createTestBucket(s3);
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: "BucketNotEmpty" });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "a/template.json" }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  expect((await s3.send(new ListBucketsCommand())).Buckets).toEqual([]);
});

test("versioning is off, then on, then suspended", async () => {
  await createTestBucket(s3);
  const status = async () => (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status;
  expect(await status()).toBeUndefined();
  await setVersioning(s3, "Enabled");
  expect(await status()).toBe("Enabled");
  await setVersioning(s3, "Suspended");
  expect(await status()).toBe("Suspended");
});

describe("encryption", () => {
  const put = (SSEAlgorithm: ServerSideEncryption) =>
    s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] },
      }),
    );

  test("is SSE-S3", async () => {
    await createTestBucket(s3);
    await put("AES256");
    const { ServerSideEncryptionConfiguration: answer } = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    expect(answer?.Rules).toMatchObject([{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }]);
  });

  test("by KMS is refused", async () => {
    await createTestBucket(s3);
    await expect(put("aws:kms")).rejects.toMatchObject({
      name: "NotImplemented",
      $metadata: { httpStatusCode: 501 },
    });
  });
});

test("what the sandbox lacks is refused", async () => {
  await createTestBucket(s3);
  await expect(s3.send(new GetBucketAclCommand({ Bucket }))).rejects.toMatchObject({
    name: "NotImplemented",
    $metadata: { httpStatusCode: 501 },
  });
});

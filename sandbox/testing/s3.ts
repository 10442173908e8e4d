import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { administratorOf } from "./clients";

export const VENDOR = "123456789012";
export const CUSTOMER = "111122223333";

export function s3Of(url: string, accountId = VENDOR, region = "us-east-1"): S3Client {
  return new S3Client({ ...administratorOf(accountId, url, region), forcePathStyle: true, maxAttempts: 1 });
}

export const TEMPLATE = '{"Resources":{}}';

/** A private bucket `templates` with the object `a/template.json`; the object's version ID. */
export async function createTestBucket(s3: S3Client, { versioned = false } = {}): Promise<string | undefined> {
  await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
  if (versioned) await setVersioning(s3, "Enabled");
  const stored = await s3.send(
    new PutObjectCommand({
      Bucket: "templates",
      Key: "a/template.json",
      Body: TEMPLATE,
      ContentType: "application/json",
    }),
  );
  return stored.VersionId;
}

export async function setVersioning(s3: S3Client, Status: "Enabled" | "Suspended"): Promise<void> {
  await s3.send(new PutBucketVersioningCommand({ Bucket: "templates", VersioningConfiguration: { Status } }));
}

export function allow(Principal: unknown, Action: string | string[], Resource = "arn:aws:s3:::templates/*", more = {}) {
  return { Effect: "Allow", Principal, Action, Resource, ...more };
}

export async function putPolicy(s3: S3Client, ...Statement: object[]): Promise<void> {
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await s3.send(new PutBucketPolicyCommand({ Bucket: "templates", Policy }));
}

export async function setPublicAccess(
  s3: S3Client,
  { BlockPublicPolicy, RestrictPublicBuckets }: { BlockPublicPolicy: boolean; RestrictPublicBuckets: boolean },
): Promise<void> {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy,
    RestrictPublicBuckets,
  };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket: "templates", PublicAccessBlockConfiguration }));
}

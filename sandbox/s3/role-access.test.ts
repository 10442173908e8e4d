import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { GetBucketPolicyCommand, GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";
import { allow, CUSTOMER, createTestBucket, putPolicy, s3Of, TEMPLATE } from "../testing/s3";

const RoleName = "reader";
const RoleArn = `arn:aws:iam::${CUSTOMER}:role/${RoleName}`;
const read = new GetObjectCommand({ Bucket: "templates", Key: "a/template.json" });
const mayRead = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

let sandbox: RunningSandbox;
let vendor: S3Client;

beforeEach(async () => {
  sandbox = await createSandbox();
  vendor = s3Of(sandbox.url);
  await createTestBucket(vendor);
  await createRole();
});

afterEach(() => sandbox.close());

async function createRole(): Promise<void> {
  const iam = iamOf(administratorOf(CUSTOMER, sandbox.url));
  const trust = { Effect: "Allow", Principal: { AWS: CUSTOMER }, Action: "sts:AssumeRole" };
  await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policyOf(trust) }));
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "read", PolicyDocument: policyOf(mayRead) }));
}

async function deleteRole(): Promise<void> {
  const iam = iamOf(administratorOf(CUSTOMER, sandbox.url));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "read" }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
}

async function asRole(): Promise<S3Client> {
  const sts = stsOf(administratorOf(CUSTOMER, sandbox.url));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
  return new S3Client({ ...sessionOf(Credentials, sandbox.url), forcePathStyle: true, maxAttempts: 1 });
}

test("a role of another account needs both its own policy and the bucket's", async () => {
  await expectError((await asRole()).send(read), "AccessDenied", "resource-based policy");
  await putPolicy(vendor, allow({ AWS: RoleArn }, "s3:*"));
  const answer = await (await asRole()).send(read);
  expect(await answer.Body?.transformToString()).toBe(TEMPLATE);
  const iam = iamOf(administratorOf(CUSTOMER, sandbox.url));
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "read" }));
  await expectError((await asRole()).send(read), "AccessDenied", "identity-based policy");
});

test("a role session signs addresses with its token", async () => {
  await putPolicy(vendor, allow({ AWS: RoleArn }, "s3:GetObject"));
  const url = await getSignedUrl(await asRole(), read);
  expect(await (await fetch(url)).text()).toBe(TEMPLATE);
  const stripped = url.replace(/&?X-Amz-Security-Token=[^&]*/, "");
  expect((await fetch(stripped)).status).toBe(403);
});

test("a role that takes the name of a deleted one does not take its place in a bucket policy", async () => {
  await putPolicy(vendor, allow({ AWS: RoleArn }, "s3:GetObject"));
  await deleteRole();
  await createRole();
  await expectError((await asRole()).send(read), "AccessDenied");
  const { Policy } = await vendor.send(new GetBucketPolicyCommand({ Bucket: "templates" }));
  expect(Policy).not.toContain(RoleArn);
});

test("a bucket policy names only roles that exist", async () => {
  const nobody = allow({ AWS: `arn:aws:iam::${CUSTOMER}:role/nobody` }, "s3:GetObject");
  await expectError(putPolicy(vendor, nobody), "MalformedPolicy", "Invalid principal in policy");
});

import { CreateRoleCommand, DeleteRoleCommand } from "@aws-sdk/client-iam";
import {
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GetKeyPolicyCommand,
  KMS,
  PutKeyPolicyCommand,
} from "@aws-sdk/client-kms";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, sessionOf, stsOf } from "../testing/clients";
import { CUSTOMER, createTestKey, kmsOf, VENDOR } from "../testing/kms";

const Plaintext = Buffer.from("secret");

let sandbox: RunningSandbox;
let vendor: KMS;
let customer: KMS;

beforeEach(async () => {
  sandbox = await createSandbox();
  vendor = kmsOf(sandbox.url);
  customer = kmsOf(sandbox.url, CUSTOMER);
});

afterEach(() => sandbox.close());

function allow(accountId: string, Action: string | string[], Condition?: object) {
  return { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action, Resource: "*", Condition };
}

function policy(...Statement: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

const nobody = { ...allow(CUSTOMER, "kms:Decrypt"), Principal: { AWS: `arn:aws:iam::${CUSTOMER}:role/nobody` } };

async function arnOf(KeyId: string): Promise<string> {
  return (await vendor.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.Arn ?? "";
}

test("another account reaches no key whose policy does not name it", async () => {
  const KeyId = await arnOf(await createTestKey(vendor));
  const { CiphertextBlob } = await vendor.send(new EncryptCommand({ KeyId, Plaintext }));
  for (const command of [new DecryptCommand({ CiphertextBlob }), new DecryptCommand({ CiphertextBlob, KeyId })]) {
    await expect(customer.send(command)).rejects.toMatchObject({ name: "AccessDeniedException" });
  }
});

test("another account does what the key policy lets it, and nothing more", async () => {
  const Policy = policy(allow(VENDOR, "kms:*"), allow(CUSTOMER, "kms:Decrypt"));
  const KeyId = await arnOf(await createTestKey(vendor, { Policy }));
  const { CiphertextBlob } = await vendor.send(new EncryptCommand({ KeyId, Plaintext }));
  const opened = await customer.send(new DecryptCommand({ CiphertextBlob }));
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  await expect(customer.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});

test("a policy can demand an encryption context", async () => {
  const demanded = { StringEquals: { "kms:EncryptionContext:tenant": "acme" } };
  const Policy = policy(allow(VENDOR, "kms:*"), allow(CUSTOMER, "kms:Encrypt", demanded));
  const KeyId = await arnOf(await createTestKey(vendor, { Policy }));
  await customer.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext: { tenant: "acme" } }));
  for (const EncryptionContext of [undefined, { tenant: "other" }]) {
    await expect(customer.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  }
});

test("an administrator of the key's own account needs the key policy too", async () => {
  const Policy = policy(allow(VENDOR, ["kms:PutKeyPolicy", "kms:GetKeyPolicy", "kms:DescribeKey"]));
  const KeyId = await createTestKey(vendor, { Policy });
  await expect(vendor.send(new EncryptCommand({ KeyId, Plaintext }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await vendor.send(new PutKeyPolicyCommand({ KeyId, Policy: policy(allow(VENDOR, "kms:*")) }));
  await vendor.send(new EncryptCommand({ KeyId, Plaintext }));
});

test("a new key's policy gives the account full access", async () => {
  const KeyId = await createTestKey(vendor);
  const { Policy } = await vendor.send(new GetKeyPolicyCommand({ KeyId }));
  expect(JSON.parse(Policy ?? "")).toMatchObject({
    Statement: [{ Principal: { AWS: `arn:aws:iam::${VENDOR}:root` }, Action: "kms:*", Resource: "*" }],
  });
});

test.each([
  ["is not JSON", "{"],
  ["has no principal", policy({ Effect: "Allow", Action: "kms:*", Resource: "*" })],
  ["names a role that does not exist", policy(allow(VENDOR, "kms:*"), nobody)],
  ["locks its author out", policy(allow(CUSTOMER, "kms:*"))],
])("a policy that %s is refused", async (_name, Policy) => {
  await expect(vendor.send(new CreateKeyCommand({ Policy }))).rejects.toMatchObject({
    name: "MalformedPolicyDocumentException",
  });
});

test("a role that the key policy names needs no policy of its own, and its successor of the same name gets nothing", async () => {
  const RoleName = "worker";
  const iam = iamOf(administratorOf(VENDOR, sandbox.url));
  const trust = policy({ Effect: "Allow", Principal: { AWS: VENDOR }, Action: "sts:AssumeRole" });
  const createRole = () => iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
  const RoleArn = (await createRole()).Role?.Arn;
  const named = { ...allow(VENDOR, "kms:Encrypt"), Principal: { AWS: RoleArn } };
  const KeyId = await createTestKey(vendor, { Policy: policy(allow(VENDOR, "kms:*"), named) });
  const encryptAsRole = async () => {
    const sts = stsOf(administratorOf(VENDOR, sandbox.url));
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }));
    return new KMS(sessionOf(Credentials, sandbox.url)).send(new EncryptCommand({ KeyId, Plaintext }));
  };
  await encryptAsRole();
  await iam.send(new DeleteRoleCommand({ RoleName }));
  await createRole();
  await expectError(encryptAsRole(), "AccessDenied");
});

test("a request with a wrong secret is refused", async () => {
  const credentials = { accessKeyId: `AKIASANDBOX${VENDOR}`, secretAccessKey: "guessed" };
  Object.assign(vendor.config, { credentials: async () => credentials });
  await expect(vendor.send(new CreateKeyCommand())).rejects.toMatchObject({
    name: expect.stringMatching(/Signature/),
  });
});

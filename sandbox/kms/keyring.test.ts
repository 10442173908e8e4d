import { buildClient, CommitmentPolicy, KmsKeyringNode } from "@aws-crypto/client-node";
import { CreateAliasCommand, type KMS } from "@aws-sdk/client-kms";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { CUSTOMER, createTestKey, kmsOf, VENDOR } from "../testing/kms";

const { encrypt, decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT);
const encryptionContext = { tenant: "acme", record: "connection" };

let sandbox: RunningSandbox;
let kms: KMS;

beforeEach(async () => {
  sandbox = await createSandbox();
  kms = kmsOf(sandbox.url);
});

afterEach(() => sandbox.close());

function keyring(keyId: string, accountId = VENDOR) {
  return new KmsKeyringNode({ generatorKeyId: keyId, clientProvider: () => kmsOf(sandbox.url, accountId) });
}

test("the Encryption SDK's KMS key ring encrypts and decrypts", async () => {
  const KeyId = `arn:aws:kms:us-east-1:${VENDOR}:key/${await createTestKey(kms)}`;
  const { result } = await encrypt(keyring(KeyId), "role ARN", { encryptionContext });
  const { plaintext, messageHeader } = await decrypt(keyring(KeyId), result);
  expect(plaintext.toString()).toBe("role ARN");
  expect(messageHeader.encryptionContext).toMatchObject(encryptionContext);
});

test("an alias ARN names the key of a key ring that encrypts", async () => {
  const TargetKeyId = await createTestKey(kms);
  const AliasName = "alias/portal";
  await kms.send(new CreateAliasCommand({ AliasName, TargetKeyId }));
  const { result } = await encrypt(keyring(`arn:aws:kms:us-east-1:${VENDOR}:${AliasName}`), "role ARN");
  const { plaintext } = await decrypt(keyring(`arn:aws:kms:us-east-1:${VENDOR}:key/${TargetKeyId}`), result);
  expect(plaintext.toString()).toBe("role ARN");
});

test("another account cannot open the message", async () => {
  const KeyId = `arn:aws:kms:us-east-1:${VENDOR}:key/${await createTestKey(kms)}`;
  const { result } = await encrypt(keyring(KeyId), "role ARN", { encryptionContext });
  await expect(decrypt(keyring(KeyId, CUSTOMER), result)).rejects.toThrow(/not authorized|unencryptedDataKey/i);
});

import { CreateKeyCommand, DisableKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import type { EncryptionContext } from "../types";
import { createKmsEncryptor } from "./kms-encryptor";

const context: EncryptionContext = { customerId: "customer-1", connectionId: "connection-1", field: "externalId" };
const credentials = { accessKeyId: "AKIASANDBOX123456789012", secretAccessKey: "sandbox" };

let sandbox: RunningSandbox;
let kms: KMSClient;
beforeAll(async () => {
  sandbox = await createSandbox();
  kms = new KMSClient({ endpoint: sandbox.url, region: "us-east-1", credentials });
});
afterAll(() => sandbox.close());

async function createKey(): Promise<string> {
  return (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
}
function encryptorFor(keyId: string, decryptKeyIds: string[] = []) {
  return createKmsEncryptor({ keyId, decryptKeyIds, client: { endpoint: sandbox.url, credentials } });
}

describe("KMS encryptor", () => {
  test("gives back what it encrypted, in another process too", async () => {
    const keyId = await createKey();
    const ciphertext = await encryptorFor(keyId).encrypt("secret", context);
    expect(await encryptorFor(keyId).decrypt(ciphertext, context)).toBe("secret");
  });

  test("refuses a ciphertext that was moved, also right after it read the original", async () => {
    const encryptor = encryptorFor(await createKey());
    const ciphertext = await encryptor.encrypt("secret", context);
    await encryptor.decrypt(ciphertext, context);
    for (const change of [{ customerId: "c2" }, { connectionId: "k2" }, { field: "roleArn" }] as const) {
      const moved = encryptor.decrypt(ciphertext, { ...context, ...change });
      await expect(moved).rejects.toMatchObject({ code: "decryption-failed" });
    }
  });

  test("reads what an older key encrypted, if told so, and nothing of a foreign key", async () => {
    const [old, fresh] = [await createKey(), await createKey()];
    const ciphertext = await encryptorFor(old).encrypt("secret", context);
    expect(await encryptorFor(fresh, [old]).decrypt(ciphertext, context)).toBe("secret");
    await expect(encryptorFor(fresh).decrypt(ciphertext, context)).rejects.toMatchObject({ code: "decryption-failed" });
  });

  test("says so when the key cannot be used", async () => {
    const keyId = await createKey();
    await kms.send(new DisableKeyCommand({ KeyId: keyId }));
    await expect(encryptorFor(keyId).encrypt("secret", context)).rejects.toMatchObject({ code: "encryption-failed" });
  });

  test.each(["alias/portal", "arn:aws:kms:us-east-1:123456789012:alias/portal"])(
    "asks for the key's own full ARN instead of %s",
    (keyId) => {
      expect(() => createKmsEncryptor({ keyId })).toThrow(expect.objectContaining({ code: "config-invalid" }));
    },
  );
});

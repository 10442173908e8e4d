import {
  DecryptCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  type KMS,
  ReEncryptCommand,
  RotateKeyOnDemandCommand,
} from "@aws-sdk/client-kms";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { createTestKey, kmsOf } from "../testing/kms";

const EncryptionContext = { tenant: "acme", connection: "one" };
const Plaintext = Buffer.from("external ID");

let sandbox: RunningSandbox;
let kms: KMS;
let KeyId: string;

beforeEach(async () => {
  sandbox = await createSandbox();
  kms = kmsOf(sandbox.url);
  KeyId = await createTestKey(kms);
});

afterEach(() => sandbox.close());

async function encrypted(): Promise<Uint8Array> {
  const { CiphertextBlob } = await kms.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }));
  return CiphertextBlob ?? new Uint8Array();
}

describe("Encrypt and Decrypt", () => {
  test("give the plaintext back, whatever the order of the context", async () => {
    const CiphertextBlob = await encrypted();
    const reordered = { connection: "one", tenant: "acme" };
    const answer = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: reordered }));
    expect(Buffer.from(answer.Plaintext ?? [])).toEqual(Plaintext);
    expect(answer.KeyId).toContain(KeyId);
    expect(Buffer.from(CiphertextBlob).includes(Plaintext)).toBe(false);
  });

  test.each([
    ["another tenant", { tenant: "other", connection: "one" }],
    ["values swapped", { tenant: "one", connection: "acme" }],
    ["a pair missing", { tenant: "acme" }],
    ["another case", { Tenant: "acme", connection: "one" }],
    ["no context", undefined],
    ["the pairs run together", { tenant: "acmeconnectionone" }],
  ])("refuse a context with %s", async (_name, context) => {
    const CiphertextBlob = await encrypted();
    await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }))).rejects.toMatchObject({
      name: "InvalidCiphertextException",
    });
  });

  test("refuse a ciphertext changed in any byte", async () => {
    const blob = await encrypted();
    for (let index = 0; index < blob.length; index += 1) {
      const CiphertextBlob = Uint8Array.from(blob, (byte, at) => (at === index ? byte ^ 1 : byte));
      const attempt = kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
      await expect(attempt).rejects.toMatchObject({
        name: expect.stringMatching(/^(InvalidCiphertext|AccessDenied)Exception$/),
      });
    }
  });

  test("take 4,096 bytes and no more", async () => {
    await kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4096) }));
    await expect(kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4097) }))).rejects.toMatchObject({
      name: "ValidationException",
    });
  });

  test("know a key that did not make the ciphertext", async () => {
    const CiphertextBlob = await encrypted();
    const other = await createTestKey(kms);
    await expect(
      kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId: other })),
    ).rejects.toMatchObject({ name: "IncorrectKeyException" });
  });

  test("keep to the Region of the key", async () => {
    const CiphertextBlob = await encrypted();
    const elsewhere = kmsOf(sandbox.url, undefined, "eu-central-1");
    await expect(elsewhere.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  test("stop while the key is disabled", async () => {
    const CiphertextBlob = await encrypted();
    await kms.send(new DisableKeyCommand({ KeyId }));
    await expect(kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }))).rejects.toMatchObject({
      name: "DisabledException",
    });
  });

  test("read what was encrypted before a rotation", async () => {
    const CiphertextBlob = await encrypted();
    await kms.send(new RotateKeyOnDemandCommand({ KeyId }));
    const old = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    const fresh = await kms.send(new DecryptCommand({ CiphertextBlob: await encrypted(), EncryptionContext }));
    expect(Buffer.from(old.Plaintext ?? [])).toEqual(Plaintext);
    expect(Buffer.from(fresh.Plaintext ?? [])).toEqual(Plaintext);
  });
});

test("a data key decrypts to its plaintext", async () => {
  const made = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", EncryptionContext }));
  expect(made.Plaintext).toHaveLength(32);
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
  expect(opened.Plaintext).toEqual(made.Plaintext);
});

test("a data key without plaintext shows none", async () => {
  const made = await kms.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId, NumberOfBytes: 64 }));
  expect(made).not.toHaveProperty("Plaintext");
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
  expect(opened.Plaintext).toHaveLength(64);
});

test("a data key has either a spec or a length", async () => {
  const both = new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256", NumberOfBytes: 32 });
  await expect(kms.send(both)).rejects.toMatchObject({ name: "ValidationException" });
  await expect(kms.send(new GenerateDataKeyCommand({ KeyId }))).rejects.toMatchObject({ name: "ValidationException" });
});

test("ReEncrypt moves a ciphertext to another key and context", async () => {
  const DestinationKeyId = await createTestKey(kms);
  const moved = await kms.send(
    new ReEncryptCommand({
      CiphertextBlob: await encrypted(),
      SourceEncryptionContext: EncryptionContext,
      DestinationKeyId,
      DestinationEncryptionContext: { tenant: "new" },
    }),
  );
  const { CiphertextBlob } = moved;
  const opened = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: { tenant: "new" } }));
  expect(Buffer.from(opened.Plaintext ?? [])).toEqual(Plaintext);
  expect(opened.KeyId).toContain(DestinationKeyId);
});

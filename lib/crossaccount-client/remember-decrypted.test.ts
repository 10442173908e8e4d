import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createLocalEncryptor, type EncryptionContext, type Encryptor } from "@/lib/crossaccount";
import { rememberDecrypted } from "./remember-decrypted";

const own: EncryptionContext = { customerId: "acme", connectionId: "one", field: "externalId" };

function remembering() {
  const inner = createLocalEncryptor({ keys: [{ id: "test", key: randomBytes(32) }] });
  const clock = { time: 1_000 };
  let asked = 0;
  const counted: Encryptor = {
    encrypt: inner.encrypt,
    decrypt(ciphertext, context) {
      asked += 1;
      return inner.decrypt(ciphertext, context);
    },
  };
  return { encryptor: rememberDecrypted(counted, () => clock.time), clock, asked: () => asked };
}

test("what was decrypted is not decrypted again for five minutes", async () => {
  const { encryptor, clock, asked } = remembering();
  const ciphertext = await encryptor.encrypt("acme-0123", own);
  expect(await encryptor.decrypt(ciphertext, own)).toBe("acme-0123");
  expect(await encryptor.decrypt(Uint8Array.from(ciphertext), { ...own })).toBe("acme-0123");
  expect(asked()).toBe(1);
  clock.time += 5 * 60_000 + 1;
  expect(await encryptor.decrypt(ciphertext, own)).toBe("acme-0123");
  expect(asked()).toBe(2);
});

test.each([
  ["customer", { customerId: "borealis" }],
  ["connection", { connectionId: "two" }],
  ["field", { field: "roleArn" }],
] as const)("a ciphertext that is remembered is refused in the row of another %s", async (_what, other) => {
  const { encryptor } = remembering();
  const ciphertext = await encryptor.encrypt("acme-0123", own);
  await encryptor.decrypt(ciphertext, own);
  await expect(encryptor.decrypt(ciphertext, { ...own, ...other })).rejects.toMatchObject({
    code: "decryption-failed",
  });
});

test("a ciphertext that was changed is refused beside the one that is remembered", async () => {
  const { encryptor } = remembering();
  const ciphertext = await encryptor.encrypt("acme-0123", own);
  await encryptor.decrypt(ciphertext, own);
  const changed = Uint8Array.from(ciphertext, (byte, place) => (place === ciphertext.length - 1 ? byte ^ 1 : byte));
  await expect(encryptor.decrypt(changed, own)).rejects.toMatchObject({ code: "decryption-failed" });
});

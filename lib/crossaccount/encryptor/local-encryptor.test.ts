import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { EncryptionContext } from "../types";
import { createLocalEncryptor } from "./local-encryptor";

const context: EncryptionContext = { customerId: "customer-1", connectionId: "connection-1", field: "roleArn" };
const secret = "arn:aws:iam::111122223333:role/acme/CrossAccount";
const key = (id: string) => ({ id, key: randomBytes(32) });
const failure = { code: "decryption-failed" };

describe("local encryptor", () => {
  test("gives back what it encrypted, for any text", async () => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    for (const text of [secret, "", "Łódź 🚀", "x".repeat(100_000)]) {
      expect(await encryptor.decrypt(await encryptor.encrypt(text, context), context)).toBe(text);
    }
  });

  test("shows nothing of the plaintext, and differs each time", async () => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    const first = await encryptor.encrypt(secret, context);
    const second = await encryptor.encrypt(secret, context);
    expect(Buffer.from(first).includes("111122223333")).toBe(false);
    expect(Buffer.from(first).equals(second)).toBe(false);
  });

  test.each([
    ["customer", { customerId: "customer-2" }],
    ["connection", { connectionId: "connection-2" }],
    ["field", { field: "externalId" }],
  ] as const)("refuses a ciphertext that was moved to another %s", async (_what, change) => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    const ciphertext = await encryptor.encrypt(secret, context);
    await expect(encryptor.decrypt(ciphertext, { ...context, ...change })).rejects.toMatchObject(failure);
  });

  test("refuses a ciphertext that was cut off anywhere or changed in any byte", async () => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    const ciphertext = await encryptor.encrypt("secret", context);
    for (let at = 0; at < ciphertext.length; at += 1) {
      const changed = Uint8Array.from(ciphertext, (byte, index) => (index === at ? byte ^ 1 : byte));
      await expect(encryptor.decrypt(changed, context), `byte ${at}`).rejects.toMatchObject(failure);
      await expect(encryptor.decrypt(ciphertext.slice(0, at), context), `cut at ${at}`).rejects.toMatchObject(failure);
    }
  });

  test("refuses another key, even one with the same id", async () => {
    const ciphertext = await createLocalEncryptor({ keys: [key("a")] }).encrypt(secret, context);
    await expect(createLocalEncryptor({ keys: [key("a")] }).decrypt(ciphertext, context)).rejects.toMatchObject(
      failure,
    );
    await expect(createLocalEncryptor({ keys: [key("b")] }).decrypt(ciphertext, context)).rejects.toMatchObject(
      failure,
    );
  });

  test("reads with the old key and writes with the new one while keys are rotated", async () => {
    const old = key("2025");
    const fresh = key("2026");
    const before = await createLocalEncryptor({ keys: [old] }).encrypt(secret, context);
    const during = createLocalEncryptor({ keys: [fresh, old] });
    expect(await during.decrypt(before, context)).toBe(secret);

    const rewritten = await during.encrypt(secret, context);
    const after = createLocalEncryptor({ keys: [fresh] });
    expect(await after.decrypt(rewritten, context)).toBe(secret);
    await expect(after.decrypt(before, context)).rejects.toMatchObject(failure);
  });

  test("says neither plaintext nor context when it fails", async () => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    const ciphertext = await encryptor.encrypt(secret, context);
    const error: unknown = await encryptor
      .decrypt(ciphertext, { ...context, customerId: "x" })
      .catch((e: unknown) => e);
    expect(String(error)).not.toContain(secret);
    expect(String(error)).not.toContain("customer-1");
  });

  test("refuses an empty context, an empty key ring, a short key and an id used twice", async () => {
    const encryptor = createLocalEncryptor({ keys: [key("a")] });
    await expect(encryptor.encrypt(secret, { ...context, customerId: "" })).rejects.toMatchObject({
      code: "input-invalid",
    });
    for (const keys of [[], [{ id: "a", key: randomBytes(16) }], [key("a"), key("a")], [key("")]]) {
      expect(() => createLocalEncryptor({ keys })).toThrow(expect.objectContaining({ code: "config-invalid" }));
    }
  });
});

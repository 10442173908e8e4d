import { describe, expect, test } from "vitest";
import type { EncryptionContext } from "../types";
import { createMemoryEncryptor } from "./memory-encryptor";

const context: EncryptionContext = { customerId: "customer-1", connectionId: "connection-1", field: "externalId" };
const failure = { code: "decryption-failed" };

describe("encryptor in memory", () => {
  test("gives back what it encrypted, for any text, and never the same bytes twice", async () => {
    const encryptor = createMemoryEncryptor();
    for (const text of ["secret", "", "Łódź 🚀", "x".repeat(100_000)]) {
      const first = await encryptor.encrypt(text, context);
      expect(await encryptor.decrypt(first, context)).toBe(text);
      expect(Buffer.from(first).equals(await encryptor.encrypt(text, context))).toBe(false);
    }
  });

  test.each([
    ["customer", { customerId: "customer-2" }],
    ["connection", { connectionId: "connection-2" }],
    ["field", { field: "roleArn" }],
  ] as const)("refuses a ciphertext that was moved to another %s", async (_what, change) => {
    const encryptor = createMemoryEncryptor();
    const ciphertext = await encryptor.encrypt("secret", context);
    await expect(encryptor.decrypt(ciphertext, { ...context, ...change })).rejects.toMatchObject(failure);
  });

  test("refuses a ciphertext that was cut off anywhere or changed in any byte", async () => {
    const encryptor = createMemoryEncryptor();
    for (const text of ["secret", ""]) {
      const ciphertext = await encryptor.encrypt(text, context);
      for (let at = 0; at < ciphertext.length; at += 1) {
        const changed = Uint8Array.from(ciphertext, (byte, index) => (index === at ? byte ^ 1 : byte));
        await expect(encryptor.decrypt(changed, context), `byte ${at}`).rejects.toMatchObject(failure);
        const cut = encryptor.decrypt(ciphertext.slice(0, at), context);
        await expect(cut, `cut at ${at}`).rejects.toMatchObject(failure);
      }
    }
  });

  test("reads nothing of another process", async () => {
    const ciphertext = await createMemoryEncryptor().encrypt("secret", context);
    await expect(createMemoryEncryptor().decrypt(ciphertext, context)).rejects.toMatchObject(failure);
  });

  test("asks for a whole context", async () => {
    const empty = createMemoryEncryptor().encrypt("secret", { ...context, customerId: "" });
    await expect(empty).rejects.toMatchObject({ code: "input-invalid" });
  });
});

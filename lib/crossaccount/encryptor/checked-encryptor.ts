import { CrossAccountError, withCode } from "../errors";
import type { Encryptor } from "../types";

/** An encryptor of the vendor's own whose failures have a code, and whose results are what they must be. */
export function checkedEncryptor(encryptor: Encryptor): Encryptor {
  const encryptFailed = { code: "encryption-failed", message: "The encryptor failed, so nothing was stored." } as const;
  const decryptFailed = { code: "decryption-failed", message: "The encryptor could not read a stored value." } as const;
  return {
    encrypt: (plaintext, context) =>
      withCode(encryptFailed, async () => {
        const ciphertext: unknown = await encryptor.encrypt(plaintext, context);
        if (ciphertext instanceof Uint8Array) return ciphertext;
        throw new CrossAccountError("encryption-failed", "The encryptor gave no bytes. Give back a Uint8Array.");
      }),
    decrypt: (ciphertext, context) =>
      withCode(decryptFailed, async () => {
        const plaintext: unknown = await encryptor.decrypt(ciphertext, context);
        if (typeof plaintext === "string") return plaintext;
        throw new CrossAccountError("decryption-failed", "The encryptor gave no text. Give back what was encrypted.");
      }),
  };
}

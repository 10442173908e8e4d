import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { EncryptionContext, Encryptor } from "../types";
import { decryptionFailed, toEncryptionContext } from "./envelope";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = "aes-256-gcm";
/** Or Node takes a tag that was cut off. */
const LENGTHS = { authTagLength: TAG_BYTES };

/** Encryptor whose key lives and dies with the process: goes with a storage that does the same. */
export function createMemoryEncryptor(): Encryptor {
  const key = randomBytes(32);
  return {
    async encrypt(plaintext, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce, LENGTHS).setAAD(boundTo(context));
      const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
    },
    async decrypt(ciphertext, context) {
      const bytes = Buffer.from(ciphertext);
      try {
        const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), LENGTHS)
          .setAAD(boundTo(context))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([opened, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw decryptionFailed(cause);
      }
    },
  };
}

function boundTo(context: EncryptionContext): Buffer {
  return Buffer.from(JSON.stringify(toEncryptionContext(context)));
}

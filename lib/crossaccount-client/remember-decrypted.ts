import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { EncryptionContext, Encryptor } from "@/lib/crossaccount";

const MOST_CHARACTERS = 8_000_000;
const KEPT_FOR_MS = 5 * 60_000;

/**
 * An encryptor that keeps in memory what it decrypted lately. A text is found again only by the very ciphertext and context that
 * it was decrypted from, so one that was moved to another row is refused as ever. Data keys are kept for five minutes too, so that a
 * key of KMS that is taken away ends reading within ten.
 */
export function rememberDecrypted(encryptor: Encryptor, now: () => number = () => performance.now()): Encryptor {
  const texts = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (text, key) => text.length + key.length,
    ttl: KEPT_FOR_MS,
    ttlResolution: 0,
    perf: { now },
  });
  return {
    encrypt: (plaintext, context) => encryptor.encrypt(plaintext, context),
    async decrypt(ciphertext, context) {
      const key = keyOf(ciphertext, context);
      const known = texts.get(key);
      if (known !== undefined) return known;
      const text = await encryptor.decrypt(ciphertext, context);
      texts.set(key, text);
      return text;
    },
  };
}

function keyOf(ciphertext: Uint8Array, { customerId, connectionId, field }: EncryptionContext): string {
  return createHash("sha256")
    .update(JSON.stringify([customerId, connectionId, field]))
    .update(ciphertext)
    .digest("base64");
}

import "server-only";
import { z } from "zod";

/** `id:base64` pairs, comma separated; each key has 32 bytes. The first one encrypts, all decrypt. */
export const encryptionKeys = z.string().transform((text, context) => {
  const keys: { id: string; key: Buffer }[] = [];
  for (const entry of text.split(",")) {
    const [, id, encoded] = /^\s*([\w.-]+):([A-Za-z0-9+/=]+)\s*$/.exec(entry) ?? [];
    const key = Buffer.from(encoded ?? "", "base64");
    if (!id || key.length !== 32) {
      context.addIssue({ code: "custom", message: "must be id:base64 pairs, comma separated, each key 32 bytes long" });
      return z.NEVER;
    }
    keys.push({ id, key });
  }
  return keys;
});

import "server-only";
import { createDigester, createKmsEncryptor, createLocalEncryptor, type Encryptor } from "@/lib/crossaccount";
import { env } from "@/lib/env";

/** Encrypts role ARNs, external IDs and what checks found. */
export const encryptor: Encryptor = env.KMS_KEY_ID
  ? createKmsEncryptor({ keyId: env.KMS_KEY_ID })
  : createLocalEncryptor({ keys: env.ENCRYPTION_KEYS ?? [] });

/** Its key outlives those of the encryptor, or a changed key ring would let a duplicate in. */
export const digester = createDigester({ keys: [Buffer.from(env.AUTH_SECRET)] });

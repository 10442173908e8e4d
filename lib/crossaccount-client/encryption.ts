import "server-only";
import { createDigester, createKmsEncryptor, createLocalEncryptor, type Encryptor } from "@/lib/crossaccount";
import { env, proxyEnvironment } from "@/lib/env";
import { rememberDecrypted } from "./remember-decrypted";

/** Encrypts role ARNs, external IDs and what checks found. Pages and audits read the same ones over and over. */
export const encryptor: Encryptor = rememberDecrypted(
  env.KMS_KEY_ID
    ? createKmsEncryptor({ keyId: env.KMS_KEY_ID, proxyEnv: proxyEnvironment(env) })
    : createLocalEncryptor({ keys: env.ENCRYPTION_KEYS ?? [] }),
);

/** Its key outlives those of the encryptor, or a changed key ring would let a duplicate in. */
export const digester = createDigester({ keys: [Buffer.from(env.AUTH_SECRET)] });

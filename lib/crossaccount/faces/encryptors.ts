/** `crossaccount/encryptors`: for values at rest. They need the optional package `@aws-crypto/client-node`, loaded at first use. */
export { createDigester, type Digester } from "../encryptor/digest";
export { createKmsEncryptor, type KmsAccess, type KmsEncryptorOptions } from "../encryptor/kms-encryptor";
export { createLocalEncryptor, type LocalKey } from "../encryptor/local-encryptor";
export { CrossAccountError } from "../errors";
export type { EncryptedField, EncryptionContext, Encryptor } from "../types";

import { CrossAccountError } from "../errors";
import type { Encryptor } from "../types";
import { createEnvelopeEncryptor, type EncryptionSdk } from "./envelope";

const KEY_BYTES = 32;
const KEY_NAMESPACE = "crossaccount";

export interface LocalKey {
  /** Stays in every ciphertext, so that the right key is found; never reused for another key. */
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

/** Encryptor with keys of our own: the first one encrypts, all decrypt, so that a new key can be put in front. */
export function createLocalEncryptor(options: { keys: readonly LocalKey[] }): Encryptor {
  const [current, ...older] = options.keys.map(checkedKey);
  if (!current) throw new CrossAccountError("config-invalid", "The key ring is empty: it needs at least one key.");
  const ids = options.keys.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) {
    throw new CrossAccountError("config-invalid", "Two keys of the key ring have the same id.");
  }
  return createEnvelopeEncryptor((sdk) => {
    const encryptWith = toKeyring(sdk, current);
    const children = [encryptWith, ...older.map((key) => toKeyring(sdk, key))];
    return { encryptWith, decryptWith: new sdk.MultiKeyringNode({ children }) };
  });
}

/** A copy: what the caller does to the bytes afterwards does not count. */
function checkedKey({ id, key }: LocalKey): LocalKey {
  if (id.length === 0) throw new CrossAccountError("config-invalid", "A key of the key ring has no id.");
  if (key.length !== KEY_BYTES) {
    throw new CrossAccountError("config-invalid", `Key "${id}" has ${key.length} bytes; AES-256 needs ${KEY_BYTES}.`);
  }
  return { id, key: Uint8Array.from(key) };
}

function toKeyring(sdk: EncryptionSdk, { id, key }: LocalKey) {
  return new sdk.RawAesKeyringNode({
    keyName: id,
    keyNamespace: KEY_NAMESPACE,
    unencryptedMasterKey: key,
    wrappingSuite: sdk.RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
}

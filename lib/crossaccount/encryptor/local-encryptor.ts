import { MultiKeyringNode, RawAesKeyringNode, RawAesWrappingSuiteIdentifier } from "@aws-crypto/client-node";
import { CrossAccountError } from "../errors";
import type { Encryptor } from "../types";
import { createEnvelopeEncryptor } from "./envelope";

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
  const [current, ...older] = options.keys.map(toKeyring);
  if (!current) throw new CrossAccountError("config-invalid", "The key ring is empty: it needs at least one key.");
  const ids = options.keys.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) {
    throw new CrossAccountError("config-invalid", "Two keys of the key ring have the same id.");
  }
  return createEnvelopeEncryptor({
    encryptWith: current,
    decryptWith: new MultiKeyringNode({ children: [current, ...older] }),
    maxEncryptedDataKeys: 1,
  });
}

function toKeyring({ id, key }: LocalKey): RawAesKeyringNode {
  if (id.length === 0) throw new CrossAccountError("config-invalid", "A key of the key ring has no id.");
  if (key.length !== KEY_BYTES) {
    throw new CrossAccountError("config-invalid", `Key "${id}" has ${key.length} bytes; AES-256 needs ${KEY_BYTES}.`);
  }
  const unencryptedMasterKey = Uint8Array.from(key);
  return new RawAesKeyringNode({
    keyName: id,
    keyNamespace: KEY_NAMESPACE,
    unencryptedMasterKey,
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
}

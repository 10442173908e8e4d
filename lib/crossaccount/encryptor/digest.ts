import { createHmac, hkdfSync } from "node:crypto";
import { CrossAccountError } from "../errors";

const DERIVED_BYTES = 32;
const MINIMUM_KEY_BYTES = 32;

/** Keyed digests for finding an encrypted value by exact match; useless to whoever reads the database without the key. */
export interface Digester {
  /** Hex digest by the current key: what a new row stores. `field` separates columns with equal values. */
  digest(value: string, field: string): string;
  /** Digests by every key, current first: what a lookup compares with while rows of an older key remain. */
  candidates(value: string, field: string): string[];
}

/** `keys` may be those of the encryptor: the digest's own keys are derived from them. */
export function createDigester(options: { keys: readonly Uint8Array[] }): Digester {
  const [current, ...older] = options.keys.map(deriveKey);
  if (!current) throw new CrossAccountError("config-invalid", "A digest needs at least one key.");
  return {
    digest: (value, field) => hmac(current, value, field),
    candidates: (value, field) => [current, ...older].map((key) => hmac(key, value, field)),
  };
}

function deriveKey(key: Uint8Array): Uint8Array {
  if (key.length < MINIMUM_KEY_BYTES) {
    throw new CrossAccountError(
      "config-invalid",
      `A digest key has ${key.length} bytes; it needs ${MINIMUM_KEY_BYTES}.`,
    );
  }
  return new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), "crossaccount/digest/v1", DERIVED_BYTES));
}

function hmac(key: Uint8Array, value: string, field: string): string {
  // The length prefix keeps ("ab", "c") and ("a", "bc") apart.
  return createHmac("sha256", key).update(`${field.length}:${field}:${value}`).digest("hex");
}

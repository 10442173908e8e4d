import "server-only";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

export interface LogKey {
  /** Kept beside everything that the key signs, so that the key can be changed. */
  id: string;
  /** 32 bytes or more from a random source, in no database. */
  key: Uint8Array;
}

export interface Signature {
  keyId: string;
  mac: string;
}

export type Judgement = "right" | "wrong" | "unknown-key";

/** A list of plain values; JSON keeps ["ab", "c"] and ["a", "bc"] apart. */
export type Statement = readonly (string | number | boolean | null)[];

export interface KeyRing {
  /** By the first key. */
  sign(statement: Statement): Signature;
  /** By whichever key is named. */
  judge(statement: Statement, signature: Signature): Judgement;
}

/** The first key signs; all of them verify, so an older key stays in the ring for as long as something that it signed is kept. */
export function createKeyRing(keys: readonly LogKey[]): KeyRing {
  const ring = keys.map(({ id, key }) => ({ id, key: derive(key) }));
  const [first] = ring;
  if (!first) throw new Error("The access log needs a key.");
  return {
    sign: (statement) => ({ keyId: first.id, mac: macOf(first.key, first.id, statement) }),
    judge(statement, { keyId, mac }) {
      const key = ring.find(({ id }) => id === keyId)?.key;
      if (!key) return "unknown-key";
      return equal(macOf(key, keyId, statement), mac) ? "right" : "wrong";
    },
  };
}

/**
 * The ring of a deployment: keys derived from those of `ENCRYPTION_KEYS`, and last one from `AUTH_SECRET`, which signs where
 * KMS encrypts and there are no others. Its name tells which secret it was, so that a replaced one is reported as missing and
 * not as tampering.
 */
export function keyRingOf(settings: { encryptionKeys: readonly LogKey[]; authSecret: string }): KeyRing {
  const key = Buffer.from(settings.authSecret);
  const fingerprint = Buffer.from(derive(key, "name")).toString("hex").slice(0, 8);
  return createKeyRing([...settings.encryptionKeys, { id: `auth-secret.${fingerprint}`, key }]);
}

function derive(key: Uint8Array, purpose = "mac"): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, new Uint8Array(0), `crossaccount/access-log/${purpose}/v1`, 32));
}

function macOf(key: Uint8Array, keyId: string, statement: Statement): string {
  return createHmac("sha256", key)
    .update(JSON.stringify([keyId, ...statement]))
    .digest("base64url");
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

import type { Encryptor, StoredConnection } from "../types";

/** One of the external IDs by which a connection's role may be assumed. */
export interface KnownExternalId {
  which: "current" | "next";
  ciphertext: Uint8Array;
}

/** In the order in which they are worth trying: two while one is rotated, the one that AWS accepted last before the other. */
export function externalIdsOf({ externalId, nextExternalId, nextAccepted }: StoredConnection): KnownExternalId[] {
  const current: KnownExternalId = { which: "current", ciphertext: externalId };
  if (!nextExternalId) return [current];
  const next: KnownExternalId = { which: "next", ciphertext: nextExternalId };
  return nextAccepted ? [next, current] : [current, next];
}

/** Both are sealed for the same field, so that the next one can take the place of the current one as it is. */
export function decryptKnownId(
  encryptor: Encryptor,
  { customerId, connectionId }: StoredConnection,
  { ciphertext }: KnownExternalId,
): Promise<string> {
  return encryptor.decrypt(ciphertext, { customerId, connectionId, field: "externalId" });
}

export function sameBytes(one: Uint8Array | null, other: Uint8Array | null): boolean {
  if (one === null || other === null) return one === other;
  return Buffer.compare(one, other) === 0;
}

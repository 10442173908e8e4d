import { LRUCache } from "lru-cache";
import { externalIdsOf, type KnownExternalId } from "../storage/external-ids";
import type { CredentialStorage, StoredConnection } from "../types";

/** Which of two external IDs AWS accepted last, while one is rotated: known in this process at once, and to others by the storage. */
export interface AcceptedIds {
  /** In the order in which to try them. */
  order(connection: StoredConnection): KnownExternalId[];
  note(connection: StoredConnection, accepted: KnownExternalId): void;
}

interface Noted {
  which: KnownExternalId["which"];
  /** What the storage said then: once it says otherwise, another process knows better. */
  nextAccepted: boolean;
}

export function createAcceptedIds(storage: CredentialStorage, capacity: number): AcceptedIds {
  const noted = new LRUCache<string, Noted>({ max: capacity });

  return {
    order(connection) {
      const known = externalIdsOf(connection);
      const last = known.length > 1 ? noted.get(keyOf(connection)) : undefined;
      if (!last || last.nextAccepted !== isNextAccepted(connection)) return known;
      return known.toSorted((one, other) => Number(other.which === last.which) - Number(one.which === last.which));
    },

    note(connection, { which }) {
      const { customerId, connectionId, externalId, nextExternalId } = connection;
      if (!nextExternalId) return;
      const nextAccepted = isNextAccepted(connection);
      const last = noted.get(keyOf(connection));
      if (last?.which === which && last.nextAccepted === nextAccepted) return;
      noted.set(keyOf(connection), { which, nextAccepted });
      if (nextAccepted === (which === "next")) return;
      const ids = { externalId, nextExternalId };
      // Whoever waits for credentials does not wait for this, and a storage that fails costs others one request more.
      storage
        .exchangeExternalIds?.({ customerId, connectionId }, ids, { ...ids, nextAccepted: which === "next" })
        .catch(() => {});
    },
  };
}

function isNextAccepted({ nextAccepted = false }: StoredConnection): boolean {
  return nextAccepted;
}

/** Of one rotation: the next one of the same connection knows nothing of it. */
function keyOf({ customerId, connectionId, nextExternalId }: StoredConnection): string {
  return JSON.stringify([customerId, connectionId, Buffer.from(nextExternalId ?? []).toString("base64")]);
}

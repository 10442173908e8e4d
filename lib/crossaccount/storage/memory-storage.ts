import type { CredentialStorage, StoredConnection } from "../types";
import { sameBytes } from "./external-ids";

export interface MemoryStorage extends CredentialStorage {
  /** Connections of all customers. */
  all(): Promise<StoredConnection[]>;
}

export function isMemoryStorage(storage: CredentialStorage): storage is MemoryStorage {
  return "all" in storage;
}

/** Storage for tests, tools and a Lambda with one fixed connection: gone with the process. */
export function createMemoryStorage(): MemoryStorage {
  const customers = new Map<string, Map<string, StoredConnection>>();

  return {
    async get(customerId, connectionId) {
      const connection = customers.get(customerId)?.get(connectionId);
      return connection ? structuredClone(connection) : null;
    },
    async put(connection) {
      const connections = customers.get(connection.customerId) ?? new Map<string, StoredConnection>();
      const { nextExternalId: _next, nextAccepted: _accepted, ...record } = connection;
      const { nextExternalId = null, nextAccepted = false } = connections.get(connection.connectionId) ?? {};
      const rotation = nextExternalId ? { nextExternalId, nextAccepted } : {};
      connections.set(connection.connectionId, structuredClone({ ...record, ...rotation }));
      customers.set(connection.customerId, connections);
    },
    async exchangeExternalIds({ customerId, connectionId }, before, after) {
      const connections = customers.get(customerId);
      const kept = connections?.get(connectionId);
      if (!connections || !kept) return false;
      const isAsBefore =
        sameBytes(kept.externalId, before.externalId) && sameBytes(kept.nextExternalId ?? null, before.nextExternalId);
      if (isAsBefore) connections.set(connectionId, structuredClone({ ...kept, ...after }));
      return isAsBefore;
    },
    async delete(customerId, connectionId) {
      customers.get(customerId)?.delete(connectionId);
    },
    async all() {
      return [...customers.values()].flatMap((connections) =>
        [...connections.values()].map((kept) => structuredClone(kept)),
      );
    },
    async list(customerId) {
      return [...(customers.get(customerId)?.values() ?? [])].map((connection) => structuredClone(connection));
    },
  };
}

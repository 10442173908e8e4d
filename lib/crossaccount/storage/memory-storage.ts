import type { CredentialStorage, StoredConnection } from "../types";

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
      connections.set(connection.connectionId, structuredClone(connection));
      customers.set(connection.customerId, connections);
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

import { CrossAccountError, withCode } from "../errors";
import type { CredentialStorage, StoredConnection } from "../types";

/** A storage of the vendor's own whose failures have a code, and whose records are what they must be. */
export function checkedStorage(storage: CredentialStorage): CredentialStorage {
  const exchange = storage.exchangeExternalIds?.bind(storage);
  return {
    ...(exchange && {
      exchangeExternalIds: (scope, before, after) =>
        asked("changed", async () => {
          const changed: unknown = await exchange(scope, before, after);
          if (typeof changed === "boolean") return changed;
          throw new CrossAccountError(
            "storage-failed",
            "The storage's exchangeExternalIds must answer with true or false.",
          );
        }),
    }),
    get: (customerId, connectionId) =>
      asked("read", async () => {
        const found = await storage.get(customerId, connectionId);
        return found ? record(found) : null;
      }),
    list: (customerId) => asked("read", async () => (await storage.list(customerId)).map(record)),
    put: (connection) => asked("kept", () => storage.put(connection)),
    delete: (customerId, connectionId) => asked("deleted", () => storage.delete(customerId, connectionId)),
  };
}

function asked<T>(what: string, work: () => Promise<T>): Promise<T> {
  return withCode({ code: "storage-failed", message: `The storage failed, so the connection was not ${what}.` }, work);
}

/** JSON makes objects of bytes; what comes back must be what was put. */
function record(connection: StoredConnection): StoredConnection {
  const { externalId, nextExternalId = null, roleArn } = connection;
  const areBytes = [roleArn, nextExternalId].every((value) => value === null || value instanceof Uint8Array);
  if (externalId instanceof Uint8Array && areBytes) return connection;
  throw new CrossAccountError(
    "storage-failed",
    "The storage gave a record whose externalId, nextExternalId or roleArn are no bytes (Uint8Array), as they are when they were kept as JSON. " +
      "Keep bytes, or their base64 text, and give back bytes; roleArn is null while there is no role, nextExternalId while none is issued.",
  );
}

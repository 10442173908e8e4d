import { CrossAccountError } from "../errors";
import { isUsable } from "../status";
import type { CredentialStorage, Encryptor, StoredConnection } from "../types";

/** @throws CrossAccountError `connection-not-found`, also for another customer's connection */
export async function requireConnection(
  storage: CredentialStorage,
  customerId: string,
  connectionId: string,
): Promise<StoredConnection> {
  const connection = await storage.get(customerId, connectionId);
  if (!connection) throw notFound();
  return connection;
}

/** The customer's only connection that has not ended. */
export async function onlyConnection(storage: CredentialStorage, customerId: string): Promise<StoredConnection | null> {
  const open = (await storage.list(customerId)).filter(({ status }) => status !== "disconnected");
  if (open.length > 1) throw ambiguous();
  return open[0] ?? null;
}

/**
 * The connection to use: the named one, else the only usable one. It may still be in a status that allows no use.
 * @throws CrossAccountError `connection-not-found`, `connection-ambiguous`
 */
export async function connectionToUse(
  storage: CredentialStorage,
  customerId: string,
  connectionId?: string,
): Promise<StoredConnection> {
  if (connectionId) return requireConnection(storage, customerId, connectionId);
  const connections = await storage.list(customerId);
  const usable = connections.filter(({ status }) => isUsable(status));
  const [chosen] = usable.length > 0 ? usable : connections;
  if (!chosen) throw notFound();
  if (usable.length > 1 || (usable.length === 0 && connections.length > 1)) throw ambiguous();
  return chosen;
}

export function decryptExternalId(encryptor: Encryptor, connection: StoredConnection): Promise<string> {
  return encryptor.decrypt(connection.externalId, { ...scopeOf(connection), field: "externalId" });
}

/** `null` until a role was proposed. */
export async function decryptRoleArn(encryptor: Encryptor, connection: StoredConnection): Promise<string | null> {
  if (!connection.roleArn) return null;
  return encryptor.decrypt(connection.roleArn, { ...scopeOf(connection), field: "roleArn" });
}

function scopeOf({ customerId, connectionId }: StoredConnection) {
  return { customerId, connectionId };
}

function notFound(): CrossAccountError {
  return new CrossAccountError(
    "connection-not-found",
    "This customer has no such connection. Connect the account first.",
  );
}

function ambiguous(): CrossAccountError {
  return new CrossAccountError(
    "connection-ambiguous",
    "This customer has several connections, and the call does not say which one to use: pass connectionId.",
  );
}

import "server-only";
import type { Actor, ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { changeFacts } from "./change-facts";
import { lockConnection } from "./lock-connection";
import { closeRotation } from "./rotation";

interface Ended {
  actor: Actor;
  at: Date;
}

/**
 * Ends a connection for good: it gives no credentials from now on, and its role may be connected again, by whoever has it.
 * Ending it twice changes nothing. Whether it was not ended before.
 * @throws AppError `not-found`
 */
export async function endConnection(
  transaction: Database,
  owner: ConnectionScope,
  { actor, at }: Ended,
): Promise<boolean> {
  const connection = await lockConnection(transaction, owner);
  if (!connection) throw notFound("connection");
  if (connection.disconnectedAt !== null) return false;
  const known = { disconnectedAt: at, disconnectedByType: actor.type, disconnectedById: actor.id };
  await changeFacts(transaction, connection, { known, cause: "Disconnected.", actor, at });
  // Both external IDs stay known: either may be the one by which the role could still be assumed.
  await closeRotation(transaction, connection, "disconnected", { actor, at });
  return true;
}

/** Notes that the access of an ended connection is there again, because its role was made again. */
export async function noteAccessBack(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
): Promise<void> {
  await transaction.connection.updateMany({
    where: { id: connectionId, customerId, accessGoneAt: { not: null } },
    data: { accessGoneAt: null },
  });
}

/** Notes when it was first seen that the access of an ended connection is gone from AWS too. */
export async function noteAccessGone(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  at: Date,
): Promise<void> {
  await transaction.connection.updateMany({
    where: { id: connectionId, customerId, disconnectedAt: { not: null }, accessGoneAt: null },
    data: { accessGoneAt: at },
  });
}

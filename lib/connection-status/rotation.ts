import "server-only";
import type { Actor, RotationState } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { changeFacts } from "./change-facts";

/** How a rotation ended. */
export type RotationOutcome = "completed" | "abandoned" | "expired" | "disconnected";

interface Acted {
  actor: Actor;
  at: Date;
}

/** For the history, should the status change with it. */
const cause = "The external ID was rotated.";

/** What a connection has while no rotation runs. */
const noNext = { nextExternalIdCiphertext: null, nextExternalIdDigest: null, nextAccepted: false } as const;

/** Gives a connection, which `lockConnection` gave, an external ID that is to take the place of its own. */
export async function beginRotation(
  transaction: Database,
  connection: Connection,
  { ciphertext, digest, actor, at }: Acted & { ciphertext: Uint8Array; digest: string },
): Promise<void> {
  const { id: connectionId, customerId } = connection;
  const known = {
    nextExternalIdCiphertext: Uint8Array.from(ciphertext),
    nextExternalIdDigest: digest,
    nextAccepted: false,
  };
  await changeFacts(transaction, connection, { known, cause, actor, at });
  await transaction.rotation.create({
    data: { connectionId, customerId, startedAt: at, startedByType: actor.type, startedById: actor.id },
  });
}

/** The columns in which the next external ID takes the place of the current one, which is retired; null where there is none. */
export function completedRotation({ nextExternalIdCiphertext, nextExternalIdDigest }: Connection) {
  if (nextExternalIdCiphertext === null || nextExternalIdDigest === null) return null;
  return { ...noNext, externalIdCiphertext: nextExternalIdCiphertext, externalIdDigest: nextExternalIdDigest };
}

/** The next external ID takes the place of the current one. */
export async function completeRotation(transaction: Database, connection: Connection, acted: Acted): Promise<void> {
  const known = completedRotation(connection);
  if (!known) return;
  await changeFacts(transaction, connection, { known, cause, ...acted });
  await closeRotation(transaction, connection, "completed", acted);
}

/** The next external ID is retired, and the current one stays. */
export async function dropRotation(
  transaction: Database,
  connection: Connection,
  outcome: Extract<RotationOutcome, "abandoned" | "expired">,
  acted: Acted,
): Promise<void> {
  await changeFacts(transaction, connection, { known: noNext, cause, ...acted });
  await closeRotation(transaction, connection, outcome, acted);
}

/** Says how the rotation that runs ended; whoever calls this has changed the external IDs, or ended the connection. */
export async function closeRotation(
  transaction: Database,
  { id: connectionId, customerId }: Pick<Connection, "id" | "customerId">,
  outcome: RotationOutcome,
  { actor, at }: Acted,
): Promise<void> {
  await transaction.rotation.updateMany({
    where: { connectionId, customerId, endedAt: null },
    data: { outcome, endedAt: at, endedByType: actor.type, endedById: actor.id },
  });
}

/**
 * Keeps which of the two external IDs AWS accepted last, so that every process tries it first. That the next one is accepted is looked at
 * soon: only a verification may retire the other.
 */
export async function noteAccepted(
  transaction: Database,
  connection: Connection,
  { nextAccepted, actor, at }: Acted & { nextAccepted: boolean },
): Promise<void> {
  if (connection.nextAccepted === nextAccepted) return;
  const { id: connectionId, customerId } = connection;
  await changeFacts(transaction, connection, { known: { nextAccepted }, cause, actor, at });
  if (!nextAccepted) return;
  await transaction.auditSchedule.updateMany({
    where: { connectionId, customerId, nextAuditAt: { gt: at } },
    data: { nextAuditAt: at },
  });
}

/** Keeps what was seen of the two external IDs of a rotation that goes on, for people and for whoever ends it. */
export async function noteRotation(
  transaction: Database,
  { id: connectionId, customerId }: Pick<Connection, "id" | "customerId">,
  { seen, expired, at }: { seen: RotationState; expired: boolean; at: Date },
): Promise<void> {
  const running = { connectionId, customerId, endedAt: null };
  await transaction.rotation.updateMany({ where: running, data: { seen, seenAt: at } });
  // Once something of AWS speaks against it, what was seen before says nothing any more.
  if (expired)
    await transaction.rotation.updateMany({ where: { ...running, expiredAt: null }, data: { expiredAt: at } });
  else if (seen !== "unused") await transaction.rotation.updateMany({ where: running, data: { expiredAt: null } });
}

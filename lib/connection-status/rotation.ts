import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { Actor, Encryptor, RotationState } from "@/lib/crossaccount";
import { isUsable } from "@/lib/crossaccount/status";
import type { Database } from "@/lib/db";
import { emitEvents } from "@/lib/events/emit-events";
import type { Connection, Rotation } from "@/lib/generated/prisma/client";
import { writeRotationReceipt } from "@/lib/receipts/rotation-receipt";
import { changeFacts } from "./change-facts";

/** How AWS's answers end a rotation. */
type Settled = "completed" | "abandoned" | "expired";

interface Acted {
  actor: Actor;
  at: Date;
}

/** With what seals the receipt. */
interface Settling extends Acted {
  encryptor: Encryptor;
}

/** For the history, should the status change with it. */
const cause = "The external ID was rotated.";

/** What a connection has while no rotation runs. */
const noNext = { nextExternalIdCiphertext: null, nextExternalIdDigest: null, nextAccepted: false } as const;

/**
 * Gives a connection, which `lockConnection` gave, an external ID that is to take the place of its own. Whether it did: one that is not in
 * use is not rotated, nor one that is rotated already.
 */
export async function beginRotation(
  transaction: Database,
  connection: Connection,
  { ciphertext, digest, actor, at }: Acted & { ciphertext: Uint8Array; digest: string },
): Promise<boolean> {
  const { id: connectionId, customerId } = connection;
  if (!isUsable(connection.status) || connection.nextExternalIdDigest !== null) return false;
  const known = {
    nextExternalIdCiphertext: Uint8Array.from(ciphertext),
    nextExternalIdDigest: digest,
    nextAccepted: false,
  };
  await changeFacts(transaction, connection, { known, cause, actor, at });
  await transaction.rotation.create({
    data: { connectionId, customerId, startedAt: at, startedByType: actor.type, startedById: actor.id },
  });
  await recordActivity(transaction, { actor, customerId, connectionId, action: "rotation.started" });
  await emitEvents(transaction, { customerId, connectionId, at }, [{ type: "connection.rotation_started" }]);
  return true;
}

/** The columns in which the next external ID takes the place of the current one, which is retired; null where there is none. */
export function completedRotation({ nextExternalIdCiphertext, nextExternalIdDigest }: Connection) {
  if (nextExternalIdCiphertext === null || nextExternalIdDigest === null) return null;
  return { ...noNext, externalIdCiphertext: nextExternalIdCiphertext, externalIdDigest: nextExternalIdDigest };
}

/**
 * Ends the rotation that runs as AWS's answers say: the next external ID takes the place of the current one, or is retired. Whether one ran;
 * of one that ended otherwise meanwhile nothing changes.
 */
export async function endRotation(
  transaction: Database,
  connection: Connection,
  outcome: Settled,
  { encryptor, ...acted }: Settling,
): Promise<boolean> {
  if (!(await settleRotation(transaction, connection, outcome, { encryptor, ...acted }))) return false;
  const known = outcome === "completed" ? completedRotation(connection) : noNext;
  if (known) await changeFacts(transaction, connection, { known, cause, ...acted });
  return true;
}

/**
 * Says how AWS's answers ended the rotation that runs, to the activity log and by a receipt; whoever calls this changes the external IDs,
 * of which `connection` still has both. Whether one ran.
 */
export async function settleRotation(
  transaction: Database,
  connection: Connection,
  outcome: Settled,
  { encryptor, ...acted }: Settling,
): Promise<boolean> {
  const rotation = await closeRotation(transaction, connection, outcome, acted);
  if (!rotation) return false;
  const { startedAt, customerId, connectionId } = rotation;
  const { actor, at } = acted;
  await writeRotationReceipt(transaction, encryptor, connection, { result: outcome, startedAt, at });
  await recordActivity(transaction, { actor, customerId, connectionId, action: `rotation.${outcome}` });
  if (outcome === "completed")
    await emitEvents(transaction, { customerId, connectionId, at }, [{ type: "connection.rotation_completed" }]);
  return true;
}

/** Ends the rotation that runs, if there is one, with the connection: AWS said nothing, so both external IDs stay known. */
export async function closeRotation(
  transaction: Database,
  { id: connectionId, customerId }: Pick<Connection, "id" | "customerId">,
  outcome: Settled | "disconnected",
  { actor, at }: Acted,
): Promise<Rotation | undefined> {
  const [rotation] = await transaction.rotation.updateManyAndReturn({
    where: { connectionId, customerId, endedAt: null },
    data: { outcome, endedAt: at, endedByType: actor.type, endedById: actor.id },
  });
  return rotation;
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

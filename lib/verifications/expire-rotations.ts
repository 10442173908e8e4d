import "server-only";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { endRotation, noteRotation } from "@/lib/connection-status/rotation";
import type { Actor, RotationState } from "@/lib/crossaccount";
import { stoppedStatuses } from "@/lib/crossaccount/status";
import { encryptor } from "@/lib/crossaccount-client/encryption";
import { db } from "@/lib/db";
import type { Connection, Rotation } from "@/lib/generated/prisma/client";
import { lookAtRotation, mayBeDropped } from "./look-at-rotation";
import type { RotationPolicy } from "./rotation-policy";

const actor: Actor = { type: "system", id: "rotation" };
const atOnce = 100;
/** An update of the stack that was begun while the new external ID was still offered has come to its end by then. */
const LOOK_AGAIN_MILLISECONDS = 15 * 60_000;

interface Expiring {
  policy: Pick<RotationPolicy, "expiresAfterMs">;
  now: Date;
  signal?: AbortSignal;
  onError: (error: unknown, connectionId: string) => void;
}

/**
 * Retires the new external IDs of rotations whose time is over, once AWS was seen twice, some time apart, to accept the old one alone.
 * What is in use by then is completed by a verification instead, which is asked for. Of what is paused nothing is done until it is used again.
 * Returns how many were retired.
 */
export async function expireRotations({ policy, now, signal, onError }: Expiring): Promise<number> {
  const over = await db.rotation.findMany({
    where: {
      endedAt: null,
      connection: { status: { notIn: [...stoppedStatuses] } },
      startedAt: { lte: new Date(now.getTime() - policy.expiresAfterMs) },
      OR: [{ expiredAt: null }, { expiredAt: { lte: new Date(now.getTime() - LOOK_AGAIN_MILLISECONDS) } }],
    },
    include: { connection: true },
    // Those that were looked at least lately, so that a few that never end do not stand in the way of others.
    orderBy: [{ seenAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
    take: atOnce,
  });
  let retired = 0;
  for (const { connection, ...rotation } of over) {
    if (signal?.aborted) break;
    try {
      const seen = await lookAtRotation(connection, actor, signal);
      if (await keep(connection, rotation, seen, now)) retired += 1;
    } catch (error) {
      if (signal?.aborted) break;
      onError(error, connection.id);
    }
  }
  return retired;
}

/** Whether the new external ID was retired. */
function keep(before: Connection, { id, expiredAt }: Rotation, seen: RotationState, now: Date): Promise<boolean> {
  const owner = { customerId: before.customerId, connectionId: before.id };
  return db.$transaction(async (transaction) => {
    const connection = await lockConnection(transaction, owner);
    const running = await transaction.rotation.findFirst({ where: { id, ...owner, endedAt: null } });
    // It ended meanwhile, or another process looked at the same time.
    if (!connection || running?.expiredAt?.getTime() !== expiredAt?.getTime()) return false;
    if (mayBeDropped(seen) && expiredAt !== null)
      return endRotation(transaction, connection, "expired", { actor, at: now, encryptor });
    await noteRotation(transaction, connection, { seen, expired: mayBeDropped(seen), at: now });
    if (seen === "complete") {
      await transaction.auditSchedule.updateMany({
        where: { ...owner, nextAuditAt: { gt: now } },
        data: { nextAuditAt: now },
      });
    }
    return false;
  });
}

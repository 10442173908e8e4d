import "server-only";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { endRotation } from "@/lib/connection-status/rotation";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { encryptor } from "@/lib/crossaccount-client/encryption";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { takeFromLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { lookAtRotation, mayBeDropped } from "@/lib/verifications/look-at-rotation";

/**
 * Takes the next external ID back and keeps the current one. AWS is asked first: one that it accepts, or is about to accept, stays.
 * Without a rotation nothing is done.
 * @throws AppError `not-found`, `conflict` where the new external ID is in use or the rotation ended meanwhile; `rate-limited`
 */
export async function abandonRotation(access: CustomerAccess, named: string, now: Date): Promise<void> {
  const { actor } = access;
  const connection = await findOwnConnection(access, named);
  if (connection.nextExternalIdDigest === null || connection.disconnectedAt !== null) return;
  const { customerId, id: connectionId, nextExternalIdDigest } = connection;
  await takeFromLimit("verify", customerId);
  const seen = await lookAtRotation(connection, actor);
  if (!mayBeDropped(seen)) throw new AppError("conflict", refusals[seen]);
  await db.$transaction(async (transaction) => {
    const locked = await lockConnection(transaction, { customerId, connectionId });
    const isSame = locked?.nextExternalIdDigest === nextExternalIdDigest;
    if (!isSame || !(await endRotation(transaction, locked, "abandoned", { actor, at: now, encryptor })))
      throw notRunning();
  });
  crossAccount.invalidate(customerId, connectionId);
}

const refusals = {
  complete:
    "AWS accepts the new external ID already, and no longer the old one. Verify the connection: that completes the rotation.",
  arriving:
    "The role's trust policy names the new external ID already, so it is about to be used. Wait a minute and verify the connection, or give the stack the old one first.",
  both: "AWS accepts both external IDs. Take the new one out of the role's trust policy first, then keep the old one.",
  unknown:
    "AWS gave no clear answer about the two external IDs, so both are kept. Verify the connection to see why, then try again.",
} as const;

function notRunning(): AppError {
  return new AppError(
    "conflict",
    "No rotation of this external ID runs any more. Reload the page to see how it ended.",
  );
}

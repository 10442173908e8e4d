import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { endConnection } from "@/lib/connection-status/end";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { abandonVerifications } from "@/lib/verifications/abandon-verifications";
import { beginToAsk } from "./ended-access";

/**
 * Ends a connection for good: it is used no more, its verification stops, its links are worthless, and its role may be connected again.
 * Log, history and receipts stay. Twice is as good as once.
 * @throws AppError `not-found`, `conflict` for one that was never verified, which is deleted instead
 */
export async function disconnectConnection(access: CustomerAccess, named: string, now: Date): Promise<void> {
  const owner = { customerId: access.customer.id, connectionId: connectionIdFrom(named) };
  const { actor } = access;
  await db.$transaction(async (transaction) => {
    // Before the connection is locked, as whoever ends a run does, so that neither waits for the other.
    await abandonVerifications(transaction, owner, now);
    const connection = await lockConnection(transaction, owner);
    if (!connection) throw notFound("connection");
    if (connection.provenAt === null && connection.disconnectedAt === null) {
      throw new AppError(
        "conflict",
        "This connection was never verified, so it was never used. Delete it instead of disconnecting it.",
      );
    }
    if (!(await endConnection(transaction, owner, { actor, at: now }))) return;
    await beginToAsk(transaction, owner, now);
    await transaction.link.updateMany({
      where: { ...owner, revokedAt: null, reachedAt: null, expiresAt: { gt: now } },
      data: { revokedAt: now },
    });
    await transaction.reminder.updateMany({ where: { ...owner, endedAt: null }, data: { endedAt: now } });
    const { name, accountId } = connection;
    const detail = { name, ...(accountId && { accountId }) };
    await recordActivity(transaction, { actor, ...owner, action: "connection.disconnected", detail });
  });
  // Other processes hear of it from the database; this one need not wait for that.
  crossAccount.invalidate(owner.customerId, owner.connectionId);
}

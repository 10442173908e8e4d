import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { changeFacts } from "@/lib/connection-status/change-facts";
import { sightOfRow } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { isUnreadable } from "@/lib/crossaccount/status";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { PersonalAccess } from "@/lib/tenancy/access";

/**
 * Keeps a person's word that the role is meant to deny reading itself, so that the connection is used again. It counts until the
 * role's trust policy is read again.
 * @throws AppError `not-found`, `conflict` where the role does not hide its trust policy
 */
export async function confirmUnreadable(access: PersonalAccess, connectionId: string, now: Date): Promise<void> {
  const owner = { customerId: access.customer.id, connectionId };
  await db.$transaction(async (transaction) => {
    const connection = await lockConnection(transaction, owner);
    if (!connection) throw notFound("connection");
    if (!isUnreadable(sightOfRow(connection))) {
      throw new AppError("conflict", "Nothing is to confirm: the role's trust policy is not denied to us any more.");
    }
    const cause = "An admin confirmed that the role is meant to deny reading itself.";
    const known = { trustDenialConfirmedAt: now };
    await changeFacts(transaction, connection, { known, cause, actor: access.actor, at: now });
    await recordActivity(transaction, { actor: access.actor, ...owner, action: "connection.unreadable-confirmed" });
  });
}

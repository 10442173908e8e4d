import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { CustomerAccess } from "@/lib/auth/access";
import { db } from "@/lib/db";
import { findOwnConnection } from "./find-own-connection";

/** Stops the running verification, if there is one. The run notices with its next check, and its report no longer counts. */
export async function cancelVerification(access: CustomerAccess, connectionId: string, now: Date): Promise<void> {
  const customerId = access.customer.id;
  await findOwnConnection(access, connectionId);
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.verification.updateMany({
      where: { customerId, connectionId, state: "running" },
      data: { state: "abandoned", finishedAt: now, waitingFor: null },
    });
    if (count === 0) return;
    await recordActivity(transaction, {
      userId: access.person.id,
      customerId,
      connectionId,
      action: "verification.cancelled",
    });
  });
}

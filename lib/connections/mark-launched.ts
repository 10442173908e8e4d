import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";

/** Notes that the customer opened the launch link, or said that the stack was made another way. Only the first time counts. */
export async function markLaunched(access: CustomerAccess, connectionId: string, now: Date): Promise<void> {
  const customerId = access.customer.id;
  await db.$transaction(async (transaction) => {
    await findOwnConnection(access, connectionId, transaction);
    const { count } = await transaction.connection.updateMany({
      where: { id: connectionId, customerId, launchedAt: null },
      data: { launchedAt: now },
    });
    if (count === 0) return;
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "connection.launched",
    });
  });
}

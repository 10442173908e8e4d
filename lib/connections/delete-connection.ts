import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";

/**
 * Removes a connection whose role was never verified, with all that is kept of it but the logs. One that was verified stays: its
 * history is what its customer can show. A verification that runs meanwhile finds nothing to write to, and stops.
 * @throws AppError `not-found`, `conflict`
 */
export async function deleteConnection(access: CustomerAccess, named: string): Promise<void> {
  const customerId = access.customer.id;
  const connectionId = connectionIdFrom(named);
  await db.$transaction(async (transaction) => {
    const connection = await lockConnection(transaction, { customerId, connectionId });
    if (!connection) throw notFound("connection");
    if (connection.provenAt) {
      throw new AppError(
        "conflict",
        "This connection was verified, so its history is kept and it cannot be deleted. Disconnect it instead.",
      );
    }
    await transaction.connection.deleteMany({ where: { id: connectionId, customerId, provenAt: null } });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "connection.deleted",
      detail: { name: connection.name },
    });
  });
}

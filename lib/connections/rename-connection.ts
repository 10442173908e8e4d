import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";

/** Gives a connection another name; nothing in AWS changes by it. @throws AppError `not-found` */
export async function renameConnection(
  access: CustomerAccess,
  { connectionId, name }: { connectionId: string; name: string },
): Promise<void> {
  const customerId = access.customer.id;
  await db.$transaction(async (transaction) => {
    const connection = await transaction.connection.findUnique({ where: { id: connectionId, customerId } });
    if (!connection) throw notFound("connection");
    if (connection.name === name) return;
    await transaction.connection.updateMany({ where: { id: connectionId, customerId }, data: { name } });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "connection.renamed",
      detail: { from: connection.name, to: name },
    });
  });
}

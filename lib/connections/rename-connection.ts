import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";

/** Gives a connection another name; nothing in AWS changes by it. @throws AppError `not-found` */
export async function renameConnection(
  access: CustomerAccess,
  input: { connectionId: string; name: string },
): Promise<void> {
  const { name } = input;
  await db.$transaction(async (transaction) => {
    const before = await findOwnConnection(access, input.connectionId, transaction);
    if (before.name === name) return;
    const { id: connectionId, customerId } = before;
    await transaction.connection.updateMany({ where: { id: connectionId, customerId }, data: { name } });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action: "connection.renamed",
      detail: { from: before.name, to: name },
    });
  });
}

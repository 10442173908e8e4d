import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection, Prisma } from "@/lib/generated/prisma/client";

/**
 * A connection whose status nobody else changes until the transaction ends; null where there is none like it.
 * Not FOR UPDATE, for which the planner of audits, which refers to the row while it holds the schedule, would wait.
 */
export async function lockConnection(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  where: Prisma.ConnectionWhereInput = {},
): Promise<Connection | null> {
  await transaction.$queryRaw`
    SELECT id FROM "Connection" WHERE id = ${connectionId}::uuid AND "customerId" = ${customerId}::uuid FOR NO KEY UPDATE`;
  const row = await transaction.connection.findUnique({ where: { id: connectionId, customerId, AND: where } });
  return row && withReasonFor(row);
}

/** Where an operator wrote a status by hand, it is taken as the customer's wish. */
function withReasonFor(row: Connection): Connection {
  const isHeld = row.heldByCustomerAt !== null || row.heldByStaffAt !== null;
  return {
    ...row,
    heldByCustomerAt: row.status === "paused" && !isHeld ? row.statusChangedAt : row.heldByCustomerAt,
    disconnectedAt: row.status === "disconnected" ? (row.disconnectedAt ?? row.statusChangedAt) : row.disconnectedAt,
  };
}

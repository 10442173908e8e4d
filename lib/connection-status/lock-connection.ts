import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";

/**
 * A connection whose status no one else changes until the transaction ends; null where there is none, or it is not as expected.
 * Not FOR UPDATE, for which the planner of audits, which refers to the row while it holds the schedule, would wait.
 */
export async function lockConnection(
  transaction: Database,
  { customerId, connectionId }: ConnectionScope,
  expected: Partial<Pick<Connection, "roleArnDigest" | "externalIdDigest" | "region">> = {},
): Promise<Connection | null> {
  const [row] = await transaction.$queryRaw<Connection[]>`
    SELECT * FROM "Connection" WHERE "id" = ${connectionId}::uuid AND "customerId" = ${customerId}::uuid
    FOR NO KEY UPDATE`;
  if (!row) return null;
  const isAsExpected = Object.entries(expected).every(([name, value]) => row[name as keyof typeof expected] === value);
  return isAsExpected ? withReasonFor(row) : null;
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

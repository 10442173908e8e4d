import "server-only";
import type { Database } from "@/lib/db";

const AT_ONCE = 5_000;

/** Cancelled rounds of which something still waits, or is handed to the queue. */
export async function cancelledWithItems(transaction: Database): Promise<string[]> {
  // The order is that of an index: without one, PostgreSQL expects to meet such an item soon, and reads them all where there is none.
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT round."id" FROM "AuditRound" round, LATERAL (
      SELECT FROM "AuditItem" item WHERE item."roundId" = round."id" AND item."state" IN ('waiting', 'queued')
      ORDER BY item."state" LIMIT 1) AS some_item
    WHERE round."state" = 'cancelled'`;
  return rows.map(({ id }) => id);
}

/** Ends what is not begun of cancelled rounds, also what a worker held meanwhile and then gave back or lost: some thousands at a time. */
export async function dropCancelled(transaction: Database, now: Date): Promise<void> {
  for (const roundId of await cancelledWithItems(transaction))
    await transaction.$executeRaw`
      UPDATE "AuditItem" item SET "state" = 'cancelled', "finishedAt" = ${now}::timestamptz
      WHERE item."roundId" = ${roundId}::uuid AND item."connectionId" IN (
        SELECT "connectionId" FROM "AuditItem" WHERE "roundId" = ${roundId}::uuid AND "state" IN ('waiting', 'queued')
        LIMIT ${AT_ONCE} FOR UPDATE)`;
}

import "server-only";
import { type ConnectionStatus, connectionStatuses } from "@/lib/crossaccount/status";
import type { Database } from "@/lib/db";

/** How many connections there are of each status, which a trigger keeps count of: counting them anew would read them all. */
export async function countByStatus(database: Database): Promise<Record<ConnectionStatus, number>> {
  const sums = await database.connectionTally.groupBy({ by: ["status"], _sum: { amount: true } });
  const counts = Object.fromEntries(connectionStatuses.map((status) => [status, 0])) as Record<
    ConnectionStatus,
    number
  >;
  for (const { status, _sum } of sums) counts[status] = _sum.amount ?? 0;
  return counts;
}

/** Puts the rows of the trigger together, once there are more than `few`, so that there is never much to add up. */
export async function foldConnectionTally(database: Database, few = 500): Promise<void> {
  await database.$executeRaw`
    WITH folded AS (
      DELETE FROM "ConnectionTally" WHERE (SELECT count(*) FROM (SELECT FROM "ConnectionTally" LIMIT ${few + 1}) AS first) > ${few}
      RETURNING "status", "amount"
    )
    INSERT INTO "ConnectionTally" ("status", "amount")
    SELECT "status", sum("amount") FROM folded GROUP BY 1 HAVING sum("amount") <> 0`;
}

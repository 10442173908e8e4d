import "server-only";
import type { Database } from "@/lib/db";
import { type ItemOutcome, itemOutcomes } from "./state";

export interface RoundCounts {
  total: number;
  /** How many ended, by what became of them. */
  ended: Record<ItemOutcome, number>;
}

export const nothingCounted: RoundCounts = {
  total: 0,
  ended: { proven: 0, failed: 0, insecure: 0, inconclusive: 0, skipped: 0, cancelled: 0 },
};

/** How far rounds are, which a trigger keeps count of: counting their items would read them all. */
export async function countItems(database: Database, roundIds: readonly string[]): Promise<Map<string, RoundCounts>> {
  const sums = await database.auditRoundTally.groupBy({
    by: ["roundId", "what"],
    where: { roundId: { in: [...roundIds] } },
    _sum: { amount: true },
  });
  const countOf = (id: string, name: string) =>
    sums.find(({ roundId, what }) => roundId === id && what === name)?._sum.amount ?? 0;
  return new Map(
    roundIds.map((id) => [
      id,
      {
        total: countOf(id, "planned"),
        ended: Object.fromEntries(itemOutcomes.map((name) => [name, countOf(id, name)])) as RoundCounts["ended"],
      },
    ]),
  );
}

/** Puts the rows of the trigger together, once there are more than `few`, so that there is never much to add up. */
export async function foldRoundTally(database: Database, few = 100): Promise<void> {
  await database.$executeRaw`
    WITH many AS (
      SELECT "roundId" FROM "AuditRoundTally" WHERE "roundId" IN (
        SELECT "id" FROM "AuditRound" WHERE "state" = 'running' OR "finishedAt" > now() - interval '1 hour')
      GROUP BY "roundId" HAVING count(*) > ${few}
    ), folded AS (
      DELETE FROM "AuditRoundTally" tally USING many WHERE tally."roundId" = many."roundId"
      RETURNING tally."roundId", tally."what", tally."amount"
    )
    INSERT INTO "AuditRoundTally" ("roundId", "what", "amount")
    SELECT "roundId", "what", sum("amount") FROM folded GROUP BY 1, 2 HAVING sum("amount") <> 0`;
}

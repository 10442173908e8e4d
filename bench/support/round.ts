import { setTimeout as delay } from "node:timers/promises";
import type { PrismaClient } from "../../lib/generated/prisma/client";

/** Puts `count` connections into a round, as staff do with all of them. */
export async function newRound(database: PrismaClient, count: number): Promise<string> {
  const { id } = await database.auditRound.create({ data: { kind: "all" } });
  await database.$executeRaw`
    INSERT INTO "AuditItem" ("roundId", "connectionId", "customerId", "readyAt")
    SELECT ${id}::uuid, "id", "customerId", now() FROM "Connection" ORDER BY "accountId" LIMIT ${count}`;
  return id;
}

/** Resolves with the seconds from the first result to the last, and how many results there were. */
export async function untilFinished(
  database: PrismaClient,
  roundId: string,
): Promise<{ seconds: number; results: number }> {
  for (;;) {
    const { state } = await database.auditRound.findUniqueOrThrow({ where: { id: roundId } });
    if (state === "finished") break;
    await delay(200);
  }
  const { _min, _max, _count } = await database.auditItem.aggregate({
    where: { roundId },
    _min: { finishedAt: true },
    _max: { finishedAt: true },
    _count: true,
  });
  if (!_min.finishedAt || !_max.finishedAt) throw new Error("the round has no results");
  return { seconds: (_max.finishedAt.getTime() - _min.finishedAt.getTime()) / 1_000, results: _count };
}

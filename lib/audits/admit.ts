import "server-only";
import { isWatchedRow } from "@/lib/connection-status/conditions";
import type { Database } from "@/lib/db";

const AT_ONCE = 5_000;
const DAY = 24 * 60 * 60_000;

/** A round of all connections before any has joined it. Workers of earlier versions, which would take it for finished, wait a day. */
export function nobodyYet(now: Date): { admittedThrough: string; openUntil: Date } {
  return { admittedThrough: "00000000-0000-0000-0000-000000000000", openUntil: new Date(now.getTime() + DAY) };
}

/** Lets the next connections that are watched join a round of all of them, in the order of their IDs. */
export async function admitNext(
  transaction: Database,
  roundId: string,
  now: Date,
): Promise<{ admitted: number; whole: boolean }> {
  const [end] = await transaction.$queryRaw<{ admitted: number; last: string | null }[]>`
    WITH next AS (
      SELECT c."id", c."customerId" FROM "Connection" c
      WHERE c."id" > (SELECT "admittedThrough" FROM "AuditRound" WHERE "id" = ${roundId}::uuid) AND ${isWatchedRow("c")}
      ORDER BY c."id" LIMIT ${AT_ONCE}
    ), joined AS (
      INSERT INTO "AuditItem" ("roundId", "connectionId", "customerId", "readyAt")
      SELECT ${roundId}::uuid, "id", "customerId", ${now}::timestamptz FROM next ON CONFLICT DO NOTHING
    )
    SELECT count(*)::int AS admitted, (SELECT "id" FROM next ORDER BY "id" DESC LIMIT 1) AS last FROM next`;
  const admitted = end?.admitted ?? 0;
  const whole = admitted < AT_ONCE;
  await transaction.auditRound.update({
    where: { id: roundId },
    data: whole ? { admittedThrough: null, openUntil: null } : { admittedThrough: end?.last ?? null },
  });
  return { admitted, whole };
}

/** The same for the round of all connections that runs, as far as not all have joined it. */
export async function admitAll(transaction: Database, now: Date): Promise<void> {
  const round = await transaction.auditRound.findFirst({
    where: { kind: "all", state: "running", admittedThrough: { not: null } },
    select: { id: true },
  });
  if (round) await admitNext(transaction, round.id, now);
}

import "server-only";
import { deleteInLots } from "@/lib/delete-in-lots";
import type { PrismaClient } from "@/lib/generated/prisma/client";

const roundsAtOnce = 20;

export interface Purged {
  verifications: number;
  rounds: number;
  drifts: number;
}

/**
 * Deletes verifications, rounds and ended changes that began before `before`. The last verification of each connection and
 * the last that came to a conclusion stay, however old; changes of status stay for good.
 */
export async function purgeVerifications(
  database: PrismaClient,
  before: Date,
  { atOnce = 2_000, signal }: { atOnce?: number; signal?: AbortSignal } = {},
): Promise<Purged> {
  const verifications = await deleteInLots(
    { atOnce, signal },
    () => database.$executeRaw`
      DELETE FROM "Verification" WHERE "id" IN (
        SELECT old."id" FROM "Verification" old
        WHERE old."startedAt" < ${before}::timestamptz AND old."state" <> 'running' AND EXISTS (
          SELECT FROM "Verification" newer WHERE newer."connectionId" = old."connectionId"
            AND newer."startedAt" > old."startedAt"
            AND (newer."outcome" <> 'inconclusive' OR old."outcome" IS NULL OR old."outcome" = 'inconclusive'))
        LIMIT ${atOnce})`,
  );
  // Each takes its items along, so these go in smaller lots.
  const rounds = await deleteInLots(
    { atOnce: roundsAtOnce, signal },
    () => database.$executeRaw`
      DELETE FROM "AuditRound" WHERE "id" IN (
        SELECT "id" FROM "AuditRound" WHERE "startedAt" < ${before}::timestamptz AND "state" <> 'running'
        LIMIT ${roundsAtOnce})`,
  );
  const { count: drifts } = await database.drift.deleteMany({ where: { endedAt: { lt: before } } });
  return { verifications, rounds, drifts };
}

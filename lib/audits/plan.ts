import "server-only";
import { isWatchedRow } from "@/lib/connection-status/conditions";
import { foldConnectionTally } from "@/lib/connection-status/tally";
import type { Database } from "@/lib/db";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import type { Queue } from "@/lib/jobs/queue";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import { abandonDead } from "@/lib/verifications/lease";
import { admitAll } from "./admit";
import { dropCancelled } from "./cancelled";
import { chooseFairly, type Turns } from "./choose-fairly";
import { backoffMinutes } from "./leases";
import { foldRoundTally } from "./tally";

export interface PlanDependencies {
  database: PrismaClient;
  queue: Pick<Queue, "send" | "drop" | "waiting">;
  policy: Pick<AuditPolicy, "everyMs" | "recheckAfterMs" | "atOncePerCustomer">;
  /** Jobs that the queue holds at most: enough to keep every worker busy, few enough that fairness is decided late. */
  queued: number;
  turns: Turns;
}

const DUE_AT_ONCE = 2_000;
const ATTEMPTS = 5;
/** Of PostgreSQL's advisory locks; any number that nothing else here uses. */
const PLANNER_LOCK = 729_113_001;

/**
 * One step of planning: what fell due joins the round of its window, work whose lease ended waits again, and as much as the
 * queue has room for is handed to it, in turn between customers. One process plans at a time; the others go on.
 */
export async function plan({ database, queue, policy, queued, turns }: PlanDependencies, now: Date): Promise<void> {
  await database.$transaction(
    async (transaction) => {
      if (!(await lockPlanner(transaction))) return;
      // Nobody else may ever look at one whose page was closed, and then it would stay.
      await abandonDead(transaction, {}, now);
      await admitDue(transaction, policy, now);
      await admitAll(transaction, now);
      await queue.drop(transaction, await releaseLost(transaction, now));
      await releaseUncarried(transaction, queue, now);
      await dropCancelled(transaction, now);
      const choice = { perCustomer: policy.atOncePerCustomer, queued };
      await queue.send(transaction, await chooseFairly(transaction, turns, choice, now));
      await closeRounds(transaction, now);
      await foldRoundTally(transaction);
      await foldConnectionTally(transaction);
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

async function lockPlanner(transaction: Database): Promise<boolean> {
  const [row] = await transaction.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(${PLANNER_LOCK}::bigint) AS locked`;
  return row?.locked ?? false;
}

/** Puts due connections into the scheduled round of this window. A connection is in it once, however often it falls due. */
async function admitDue(transaction: Database, policy: PlanDependencies["policy"], now: Date): Promise<void> {
  const due = await transaction.$queryRaw<{ connectionId: string; customerId: string }[]>`
    SELECT "connectionId", "customerId" FROM "AuditSchedule" WHERE "nextAuditAt" <= ${now}::timestamptz
    ORDER BY "nextAuditAt" LIMIT ${DUE_AT_ONCE} FOR UPDATE SKIP LOCKED`;
  if (due.length === 0) return;
  const ids = due.map(({ connectionId }) => connectionId);
  const round = await scheduledRound(transaction, policy.recheckAfterMs, now);
  await transaction.$executeRaw`
    INSERT INTO "AuditItem" ("roundId", "connectionId", "customerId", "readyAt")
    SELECT ${round}::uuid, c."id", c."customerId", ${now}::timestamptz FROM "Connection" c
    WHERE c."id" = ANY(${ids}::uuid[]) AND ${isWatchedRow("c")}
    ON CONFLICT DO NOTHING`;
  // The result sets the true time; this one is for work that comes to none.
  await transaction.auditSchedule.updateMany({
    where: { connectionId: { in: ids } },
    data: { nextAuditAt: new Date(now.getTime() + policy.everyMs) },
  });
}

async function scheduledRound(transaction: Database, windowMs: number, now: Date): Promise<string> {
  const windowAt = new Date(Math.floor(now.getTime() / windowMs) * windowMs);
  const openUntil = new Date(windowAt.getTime() + windowMs);
  const round = await transaction.auditRound.upsert({
    where: { windowAt },
    create: { kind: "scheduled", windowAt, openUntil, startedAt: now },
    update: {},
  });
  return round.id;
}

/** Work that was held by a process which went away waits again, or is given up. Returns its jobs. */
async function releaseLost(transaction: Database, now: Date): Promise<string[]> {
  const lost = await transaction.$queryRaw<{ jobId: string }[]>`
    WITH lost AS (
      SELECT "roundId", "connectionId", "jobId", "attempts" FROM "AuditItem"
      WHERE "state" = 'running' AND "leaseUntil" < ${now}::timestamptz FOR UPDATE SKIP LOCKED
    )
    UPDATE "AuditItem" item SET
      "state" = CASE WHEN lost."attempts" >= ${ATTEMPTS} THEN 'skipped' ELSE 'waiting' END::"AuditItemState",
      "finishedAt" = CASE WHEN lost."attempts" >= ${ATTEMPTS} THEN ${now}::timestamptz END,
      "readyAt" = ${now}::timestamptz, "jobId" = NULL, "claim" = NULL, "leaseUntil" = NULL
    FROM lost WHERE item."roundId" = lost."roundId" AND item."connectionId" = lost."connectionId"
    RETURNING lost."jobId"`;
  return lost.map(({ jobId }) => jobId);
}

/** Work whose job was set aside, or left the queue otherwise, waits for another job, or is given up. */
async function releaseUncarried(transaction: Database, queue: Pick<Queue, "waiting">, now: Date): Promise<void> {
  const queued = await transaction.auditItem.findMany({ where: { state: "queued" }, select: { jobId: true } });
  const ids = queued.flatMap(({ jobId }) => jobId ?? []);
  const carried = new Set(ids.length > 0 ? await queue.waiting(transaction, ids) : []);
  const uncarried = ids.filter((id) => !carried.has(id));
  if (uncarried.length === 0) return;
  // A worker may have taken the job since it was looked for; then its work is not queued any more.
  await transaction.$executeRaw`
    UPDATE "AuditItem" SET
      "state" = CASE WHEN "attempts" + 1 >= ${ATTEMPTS} THEN 'skipped' ELSE 'waiting' END::"AuditItemState",
      "finishedAt" = CASE WHEN "attempts" + 1 >= ${ATTEMPTS} THEN ${now}::timestamptz END,
      "readyAt" = ${now}::timestamptz
        + interval '1 minute' * (${backoffMinutes}::float8[])[least("attempts" + 1, ${backoffMinutes.length})],
      "attempts" = "attempts" + 1, "jobId" = NULL
    WHERE "jobId" = ANY(${uncarried}::uuid[]) AND "state" = 'queued'`;
}

/** Each round by the first of its items in an index: asked whether there are none, PostgreSQL would read every item that waits. */
async function closeRounds(transaction: Database, now: Date): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "AuditRound" round SET "state" = 'finished', "finishedAt" = ${now}::timestamptz
    WHERE round."state" = 'running' AND (round."openUntil" IS NULL OR round."openUntil" <= ${now}::timestamptz)
      AND round."admittedThrough" IS NULL AND (
        SELECT TRUE FROM "AuditItem" item
        WHERE item."roundId" = round."id" AND item."state" IN ('waiting', 'queued', 'running')
        ORDER BY item."state" LIMIT 1) IS NULL`;
}

import "server-only";
import { isWatchedRow } from "@/lib/connection-status/conditions";
import type { Database } from "@/lib/db";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import type { Queue } from "@/lib/jobs/queue";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import { abandonDead } from "@/lib/verifications/lease";
import { backoffMinutes } from "./leases";

export interface PlanDependencies {
  database: PrismaClient;
  queue: Pick<Queue, "send" | "drop" | "waiting">;
  policy: Pick<AuditPolicy, "everyMs" | "recheckAfterMs" | "atOncePerCustomer">;
  /** Jobs that the queue holds at most: enough to keep every worker busy, few enough that fairness is decided late. */
  queued: number;
}

const DUE_AT_ONCE = 2_000;
const ATTEMPTS = 5;
/** Of PostgreSQL's advisory locks; any number that nothing else here uses. */
const PLANNER_LOCK = 729_113_001;

/**
 * One step of planning: what fell due joins the round of its window, work whose lease ended waits again, and as much as the
 * queue has room for is handed to it, in turn between customers. One process plans at a time; the others go on.
 */
export async function plan({ database, queue, policy, queued }: PlanDependencies, now: Date): Promise<void> {
  await database.$transaction(
    async (transaction) => {
      if (!(await lockPlanner(transaction))) return;
      // Nobody else may ever look at one whose page was closed, and then it would stay.
      await abandonDead(transaction, {}, now);
      await admitDue(transaction, policy, now);
      await queue.drop(transaction, await releaseLost(transaction, now));
      await releaseUncarried(transaction, queue, now);
      await dropCancelled(transaction, now);
      await queue.send(transaction, await chooseFairly(transaction, policy.atOncePerCustomer, queued, now));
      await closeRounds(transaction, now);
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

/** What a worker held while its round was cancelled, and then gave back or lost, is not begun again. */
async function dropCancelled(transaction: Database, now: Date): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "AuditItem" item SET "state" = 'cancelled', "finishedAt" = ${now}::timestamptz FROM "AuditRound" round
    WHERE item."state" = 'waiting' AND round."id" = item."roundId" AND round."state" = 'cancelled'`;
}

interface Chosen {
  jobId: string;
  roundId: string;
  connectionId: string;
  customerId: string;
}

/** Each customer's first waiting connection goes before anyone's second, and so on, up to what a customer may have at once. */
async function chooseFairly(transaction: Database, perCustomer: number, queued: number, now: Date): Promise<Chosen[]> {
  const room = queued - (await transaction.auditItem.count({ where: { state: "queued" } }));
  if (room <= 0) return [];
  return transaction.$queryRaw<Chosen[]>`
    WITH in_flight AS (
      SELECT "customerId", count(*) AS count FROM "AuditItem" WHERE "state" IN ('queued', 'running') GROUP BY "customerId"
    ), ranked AS (
      SELECT item."roundId", item."connectionId", item."readyAt", coalesce(in_flight.count, 0) + row_number() OVER (
        PARTITION BY item."customerId" ORDER BY item."readyAt", item."connectionId") AS turn
      FROM "AuditItem" item LEFT JOIN in_flight ON in_flight."customerId" = item."customerId"
      WHERE item."state" = 'waiting' AND item."readyAt" <= ${now}::timestamptz
    ), chosen AS (
      SELECT "roundId", "connectionId" FROM ranked WHERE turn <= ${perCustomer} ORDER BY turn, "readyAt" LIMIT ${room}
    )
    UPDATE "AuditItem" item SET "state" = 'queued', "jobId" = gen_random_uuid()
    FROM chosen WHERE item."roundId" = chosen."roundId" AND item."connectionId" = chosen."connectionId"
      AND item."state" = 'waiting'
    RETURNING item."jobId", item."roundId", item."connectionId", item."customerId"`;
}

async function closeRounds(transaction: Database, now: Date): Promise<void> {
  await transaction.auditRound.updateMany({
    where: {
      state: "running",
      OR: [{ openUntil: null }, { openUntil: { lte: now } }],
      items: { none: { state: { in: ["waiting", "queued", "running"] } } },
    },
    data: { state: "finished", finishedAt: now },
  });
}

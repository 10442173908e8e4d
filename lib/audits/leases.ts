import "server-only";
import type { Database } from "@/lib/db";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import type { CarriedJob, Queue } from "@/lib/jobs/queue";

export interface HoldDependencies {
  database: PrismaClient;
  queue: Pick<Queue, "take" | "drop">;
  /** Names this process. */
  holder: string;
  leaseMs: number;
}

/** Milliseconds: to get a connection of the pool, which other audits use too, and for the transaction. */
const patience = { maxWait: 15_000, timeout: 15_000 };

/** Takes work from the queue and a lease on it, both or neither. What was cancelled meanwhile is dropped. */
export async function takeAudits(
  { database, queue, holder, leaseMs }: HoldDependencies,
  limit: number,
  now: Date,
): Promise<CarriedJob[]> {
  return database.$transaction(async (transaction) => {
    const jobs = await queue.take(transaction, limit);
    if (jobs.length === 0) return [];
    const held = await transaction.$queryRaw<{ jobId: string }[]>`
      UPDATE "AuditItem" SET "state" = 'running', "claim" = ${holder}::uuid, "attempts" = "attempts" + 1,
        "leaseUntil" = ${new Date(now.getTime() + leaseMs)}::timestamptz
      WHERE "jobId" = ANY(${jobs.map(({ jobId }) => jobId)}::uuid[]) AND "state" = 'queued'
      RETURNING "jobId"`;
    const ids = new Set(held.map(({ jobId }) => jobId));
    const mine = jobs.filter(({ jobId }) => ids.has(jobId));
    const gone = jobs.filter(({ jobId }) => !ids.has(jobId));
    await queue.drop(
      transaction,
      gone.map(({ jobId }) => jobId),
    );
    return mine;
  }, patience);
}

/** Says that this process still works on these. What it holds otherwise, because a fault kept it from giving it back, it loses. */
export async function renewLeases(
  { database, holder, leaseMs }: HoldDependencies,
  jobIds: Iterable<string>,
  now: Date,
): Promise<void> {
  await database.auditItem.updateMany({
    where: { claim: holder, state: "running", jobId: { in: [...jobIds] } },
    data: { leaseUntil: new Date(now.getTime() + leaseMs) },
  });
}

/** Minutes for which a connection waits after an attempt that failed on our side, by the number of attempts. */
export const backoffMinutes = [0.5, 1, 2, 5];

/**
 * Puts work back that could not be done, for later; after the last attempt it is skipped. What was merely interrupted, because
 * the process stops, is ready at once and counts as no attempt.
 */
export async function giveBack(
  { database, queue, holder }: HoldDependencies,
  job: CarriedJob,
  { now, interrupted = false }: { now: Date; interrupted?: boolean },
): Promise<void> {
  await database.$transaction(async (transaction) => {
    const item = await transaction.auditItem.findFirst({ where: heldBy(holder, job) });
    await queue.drop(transaction, [job.jobId]);
    if (!item) return;
    const minutes = interrupted ? 0 : backoffMinutes[item.attempts - 1];
    await transaction.auditItem.updateMany({
      where: heldBy(holder, job),
      data: {
        ...(minutes === undefined
          ? { state: "skipped", finishedAt: now }
          : { state: "waiting", readyAt: new Date(now.getTime() + minutes * 60_000) }),
        ...(interrupted && { attempts: item.attempts - 1 }),
        ...released,
      },
    });
  }, patience);
}

const released = { jobId: null, claim: null, leaseUntil: null };

/** Ends held work with its outcome; false when someone else took it over meanwhile, whose result counts. */
export async function finishHeld(
  transaction: Database,
  { queue, holder }: Pick<HoldDependencies, "queue" | "holder">,
  job: CarriedJob,
  result: { state: "done"; outcome: string; finishedAt: Date } | { state: "skipped"; finishedAt: Date },
): Promise<boolean> {
  const { count } = await transaction.auditItem.updateMany({
    where: heldBy(holder, job),
    data: { ...result, ...released },
  });
  if (count === 1) await queue.drop(transaction, [job.jobId]);
  return count === 1;
}

function heldBy(holder: string, { roundId, connectionId, jobId }: CarriedJob) {
  return { roundId, connectionId, jobId, claim: holder, state: "running" } as const;
}

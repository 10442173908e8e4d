import "server-only";
import type { Database } from "@/lib/db";
import { log } from "@/lib/log";
import type { Misfit } from "./read-job";

export interface UnfitJob {
  queue: string;
  jobId: string;
  misfit: Misfit;
}

/** Days for which jobs that were set aside are listed. */
const KEPT_DAYS = 14;
const KEPT_AT_MOST = 1_000;

/** Notes jobs that cannot be run, for staff, and tells the log. Taking them from the queue is the caller's. */
export async function setAside(database: Database, jobs: readonly UnfitJob[], now: Date): Promise<void> {
  if (jobs.length === 0) return;
  await database.setAsideJob.createMany({
    data: jobs.map(({ queue, jobId, misfit }) => ({ queue, jobId, ...misfit, setAsideAt: now })),
    skipDuplicates: true,
  });
  await database.$executeRaw`
    DELETE FROM "SetAsideJob" WHERE "id" IN (
      SELECT "id" FROM "SetAsideJob" ORDER BY "setAsideAt" DESC, "id" DESC OFFSET ${KEPT_AT_MOST} FOR UPDATE SKIP LOCKED)`;
  for (const { queue, jobId, misfit } of jobs)
    log.error({ queue, jobId, ...misfit }, "a job that this version cannot run was set aside; see /staff/audits");
}

/** Forgets what was set aside long ago. Returns how many jobs. */
export async function purgeSetAside(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60_000);
  const { count } = await database.setAsideJob.deleteMany({ where: { setAsideAt: { lt: before } } });
  return count;
}

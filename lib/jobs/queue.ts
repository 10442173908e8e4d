import "server-only";
import { fromPrisma, type JobInsert, PgBoss } from "pg-boss";
import { databaseTime } from "@/lib/database-time";
import type { Database } from "@/lib/db";
import { type PoolSettings, poolSettings } from "@/lib/postgres";
import {
  AUDIT_QUEUE,
  type AuditJob,
  auditJob,
  JOB_VERSION,
  type MaintenanceTask,
  maintenanceJob,
  maintenanceTasks,
} from "./contracts";
import { readJob } from "./read-job";
import { setAside, type UnfitJob } from "./set-aside";

export interface CarriedJob extends Omit<AuditJob, "version"> {
  jobId: string;
}

/**
 * The queue that carries work between processes: pg-boss over the same PostgreSQL. Everything that belongs to an audit is
 * done in the caller's transaction, so that a job and what we know of it never disagree, whenever a process is killed.
 */
export interface Queue {
  send(transaction: Database, jobs: readonly CarriedJob[]): Promise<void>;
  /** Takes jobs that this version can run; what else lies before them is set aside. */
  take(transaction: Database, limit: number): Promise<CarriedJob[]>;
  /** Which of these jobs can still be taken. */
  waiting(transaction: Database, jobIds: readonly string[]): Promise<string[]>;
  /** Removes jobs, whatever state they are in. */
  drop(transaction: Database, jobIds: readonly string[]): Promise<void>;
  /** Has the maintenance tasks done by this process when their time comes and no other process does them. */
  maintain(tasks: Record<MaintenanceTask, () => Promise<void>>): Promise<void>;
  /** Resolves once maintenance tasks that were begun have ended. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  connectionString: string;
  /** The same database, where jobs that do not belong to an audit are set aside. */
  database: Database;
  onError: (error: unknown) => void;
  /** Seconds for which a worker that went away keeps a job. Our own lease is shorter; this one cleans up behind it. */
  expireInSeconds?: number;
  /** Seconds between two looks for maintenance that is due. */
  lookEverySeconds?: number;
  /** Milliseconds after which a connection that says nothing is given up. */
  answerTimeoutMillis?: number;
  /** Milliseconds that maintenance in hand gets to end once the queue is stopped. */
  drainMs?: number;
}

const ourQueues = [AUDIT_QUEUE, ...Object.keys(maintenanceTasks)];
/** Bytes as PostgreSQL keeps them; a job of ours has 200. What is larger is not even read. */
const LARGEST_JOB = 8_192;
/** How often jobs are fetched in one transaction, as long as some of them had to be set aside. */
const FETCHES_AT_MOST = 20;

export async function startQueue(options: QueueOptions): Promise<Queue> {
  const { database, lookEverySeconds = 30, drainMs = 20_000 } = options;
  const boss = await startBoss(options);

  const drop: Queue["drop"] = async (transaction, jobIds) => {
    if (jobIds.length > 0) await boss.deleteJob(AUDIT_QUEUE, [...jobIds], { db: fromPrisma(transaction) });
  };

  return {
    async send(transaction, jobs) {
      if (jobs.length === 0) return;
      const inserts: JobInsert<AuditJob>[] = jobs.map(({ jobId, ...data }) => ({
        id: jobId,
        data: { version: JOB_VERSION, ...data },
      }));
      await boss.insert(AUDIT_QUEUE, inserts, { db: fromPrisma(transaction) });
    },

    async take(transaction, limit) {
      await setAside(transaction, await removeTooLarge(transaction), databaseTime());
      const fit: CarriedJob[] = [];
      // What is set aside makes room for what lies behind it.
      for (let fetches = 0; fetches < FETCHES_AT_MOST && fit.length < limit; fetches += 1) {
        const batchSize = limit - fit.length;
        const sorted = sortOut(await boss.fetch<unknown>(AUDIT_QUEUE, { batchSize, db: fromPrisma(transaction) }));
        fit.push(...sorted.fit);
        if (sorted.unfit.length === 0) break;
        await setAside(transaction, sorted.unfit, databaseTime());
        await drop(
          transaction,
          sorted.unfit.map(({ jobId }) => jobId),
        );
      }
      return fit;
    },

    async waiting(transaction, jobIds) {
      const rows = await transaction.$queryRaw<{ id: string }[]>`
        SELECT "id" FROM pgboss.job
        WHERE "name" = ${AUDIT_QUEUE} AND "id" = ANY(${[...jobIds]}::uuid[]) AND "state" < 'active'`;
      return rows.map(({ id }) => id);
    },

    drop,

    async maintain(tasks) {
      for (const [task, time] of Object.entries(maintenanceTasks) as [MaintenanceTask, string][]) {
        await boss.createQueue(task, {
          ...{ retryLimit: 2, retryDelay: 60, expireInSeconds: 3_600, policy: "singleton" },
          // Some are done each minute.
          deleteAfterSeconds: 86_400,
        });
        await boss.schedule(task, time, { version: JOB_VERSION });
        await boss.work<unknown>(task, { pollingIntervalSeconds: lookEverySeconds }, async (jobs) => {
          const read = jobs.map(({ id, data }) => ({ jobId: id, ...readJob(maintenanceJob, data) }));
          const unfit = read.flatMap((one) => ("misfit" in one ? [{ queue: task, ...one }] : []));
          await setAside(database, unfit, databaseTime());
          if (unfit.length < read.length) await tasks[task]();
        });
      }
    },

    stop: () => boss.stop({ graceful: true, timeout: drainMs }),
  };
}

/** Its tables have a schema of their own, which is made by the first process that starts. */
async function startBoss(options: QueueOptions): Promise<PgBoss> {
  const {
    connectionString,
    onError,
    expireInSeconds = 900,
    answerTimeoutMillis = poolSettings.answerTimeoutMillis,
  } = options;
  // The queue gives these on to its own pool.
  const pool: PoolSettings = { ...poolSettings, connectionString, answerTimeoutMillis };
  const boss = new PgBoss({
    ...pool,
    schema: "pgboss",
    application_name: "crossaccount-queue",
    max: 2,
    supervise: true,
    maintenanceIntervalSeconds: 300,
    monitorIntervalSeconds: 60,
    registerInstance: false,
  });
  boss.on("error", onError);
  await boss.start();
  await boss.createQueue(AUDIT_QUEUE, { retryLimit: 0, expireInSeconds, deleteAfterSeconds: 3_600 });
  return boss;
}

/** Audits that this version can run, and what is to be set aside. */
function sortOut(jobs: readonly { id: string; data: unknown }[]): { fit: CarriedJob[]; unfit: UnfitJob[] } {
  const fit: CarriedJob[] = [];
  const unfit: UnfitJob[] = [];
  for (const { id: jobId, data } of jobs) {
    const read = readJob(auditJob, data);
    if ("misfit" in read) unfit.push({ queue: AUDIT_QUEUE, jobId, misfit: read.misfit });
    else fit.push(carried(jobId, read.job));
  }
  return { fit, unfit };
}

function carried(jobId: string, { version: _, ...job }: AuditJob): CarriedJob {
  return { jobId, ...job };
}

/** Takes jobs out of all of our queues that are larger than any of ours can be, without reading them. */
async function removeTooLarge(transaction: Database): Promise<UnfitJob[]> {
  const removed = await transaction.$queryRaw<{ queue: string; jobId: string; bytes: number }[]>`
    DELETE FROM pgboss.job WHERE ("name", "id") IN (
      SELECT "name", "id" FROM pgboss.job
      WHERE "name" = ANY(${ourQueues}) AND "state" < 'active' AND pg_column_size("data") > ${LARGEST_JOB}
      LIMIT 100 FOR UPDATE SKIP LOCKED)
    RETURNING "name" AS queue, "id" AS "jobId", pg_column_size("data") AS bytes`;
  return removed.map(({ queue, jobId, bytes }) => ({
    queue,
    jobId,
    misfit: { why: "too-large", detail: `${bytes} bytes` },
  }));
}

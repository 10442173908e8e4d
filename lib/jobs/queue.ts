import "server-only";
import { fromPrisma, type JobInsert, PgBoss } from "pg-boss";
import type { Database } from "@/lib/db";
import { UtcClient } from "@/lib/postgres";
import { AUDIT_QUEUE, type AuditJob, auditJob, type MaintenanceTask, maintenanceTasks } from "./contracts";

export interface CarriedJob extends AuditJob {
  jobId: string;
}

/**
 * The queue that carries work between processes: pg-boss over the same PostgreSQL. Everything that belongs to an audit is
 * done in the caller's transaction, so that a job and what we know of it never disagree, whenever a process is killed.
 */
export interface Queue {
  send(transaction: Database, jobs: readonly CarriedJob[]): Promise<void>;
  take(transaction: Database, limit: number): Promise<CarriedJob[]>;
  /** Removes jobs, whatever state they are in. */
  drop(transaction: Database, jobIds: readonly string[]): Promise<void>;
  /** Has the maintenance tasks done by this process when their time comes and no other process does them. */
  maintain(tasks: Record<MaintenanceTask, () => Promise<void>>): Promise<void>;
  /** Resolves once maintenance tasks that were begun have ended. */
  stop(): Promise<void>;
}

export interface QueueOptions {
  connectionString: string;
  onError: (error: unknown) => void;
  /** Seconds for which a worker that went away keeps a job. Our own lease is shorter; this one cleans up behind it. */
  expireInSeconds?: number;
}

/** Its tables have a schema of their own, which is made by the first process that starts. */
export async function startQueue({ connectionString, onError, expireInSeconds = 900 }: QueueOptions): Promise<Queue> {
  const pool = { connectionString, Client: UtcClient }; // the queue gives these on to its own pool
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

  return {
    async send(transaction, jobs) {
      if (jobs.length === 0) return;
      const inserts: JobInsert<AuditJob>[] = jobs.map(({ jobId, ...data }) => ({ id: jobId, data }));
      await boss.insert(AUDIT_QUEUE, inserts, { db: fromPrisma(transaction) });
    },

    async take(transaction, limit) {
      const jobs = await boss.fetch(AUDIT_QUEUE, { batchSize: limit, db: fromPrisma(transaction) });
      return jobs.map(({ id, data }) => ({ jobId: id, ...auditJob.parse(data) }));
    },

    async drop(transaction, jobIds) {
      if (jobIds.length > 0) await boss.deleteJob(AUDIT_QUEUE, [...jobIds], { db: fromPrisma(transaction) });
    },

    async maintain(tasks) {
      for (const [task, time] of Object.entries(maintenanceTasks) as [MaintenanceTask, string][]) {
        await boss.createQueue(task, { retryLimit: 2, retryDelay: 60, expireInSeconds: 3_600, policy: "singleton" });
        await boss.schedule(task, time);
        await boss.work(task, { pollingIntervalSeconds: 30 }, tasks[task]);
      }
    },

    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  };
}

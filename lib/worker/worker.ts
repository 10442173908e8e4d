import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { createCallBudget } from "@/lib/audits/call-budget";
import { runWorker } from "@/lib/audits/worker";
import { config } from "@/lib/config";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions } from "@/lib/crossaccount-client/client";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { startQueue } from "@/lib/jobs/queue";
import { log } from "@/lib/log";
import { logFailure } from "@/lib/log-failure";
import { type AuditPolicy, auditPolicy } from "@/lib/verifications/audit-policy";
import { createMaintenance } from "./maintenance";

/** Audits connections and does the maintenance until the signal aborts; resolves once nothing is in hand any more. */
export async function work(signal: AbortSignal): Promise<void> {
  const policy = auditPolicy(config.audits);
  const onError = (error: unknown) => logFailure(error, "the queue or its maintenance failed");
  // Audits in hand are given this time, then maintenance, and the rest is for saying so to the database.
  const drainMs = (env.WORKER_STOP_SECONDS * 1_000 * 4) / 9;
  const queue = await startQueue({ connectionString: env.DATABASE_URL, database: db, onError, drainMs });
  const client = createPacedClient(policy);
  const maintenance = createMaintenance(policy, signal, client);
  await queue.maintain(maintenance);
  await maintenance.remind();

  log.info({ concurrency: env.WORKER_CONCURRENCY }, "worker started");
  await runWorker({
    database: db,
    queue,
    client,
    policy,
    concurrency: env.WORKER_CONCURRENCY,
    leaseMs: env.WORKER_LEASE_SECONDS * 1_000,
    clock: databaseTime,
    jitter: Math.random,
    onError: (error, job) =>
      job
        ? logFailure(error, "an audit failed on our side", { connectionId: job.connectionId })
        : logFailure(error, "planning, taking or renewing work failed"),
    signal,
    drainMs,
  });
  await queue.stop();
  await db.$disconnect();
  log.info({ peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024) }, "worker stopped");
}

/** A client whose calls of STS keep the pace that all workers share. */
function createPacedClient(policy: AuditPolicy) {
  const beforeSts = createCallBudget({
    database: db,
    name: "sts",
    callsPerSecond: env.AUDIT_STS_CALLS_PER_SECOND ?? policy.stsCallsPerSecond,
    now: () => performance.now(),
    wait: delay,
  });
  return createCrossAccountClient(config, { ...clientOptions, aws: { ...clientOptions.aws, beforeSts } });
}

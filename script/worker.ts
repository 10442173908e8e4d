import { setTimeout as delay } from "node:timers/promises";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { createCallBudget } from "@/lib/audits/call-budget";
import { purgeVerifications } from "@/lib/audits/purge";
import { updateReminders } from "@/lib/audits/reminders";
import { runWorker } from "@/lib/audits/worker";
import { config } from "@/lib/config";
import { createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions, digester } from "@/lib/crossaccount-client/client";
import { fillRoleDigests } from "@/lib/crossaccount-client/fill-role-digests";
import { readRoleArn } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { startQueue } from "@/lib/jobs/queue";
import { purgeSetAside } from "@/lib/jobs/set-aside";
import { log } from "@/lib/log";
import { auditPolicy } from "@/lib/verifications/audit-policy";

/** `npm run worker`: audits connections. Any number of them, on any number of machines, share the work. */
const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());

const policy = auditPolicy(config.audits);
const onError = (error: unknown) => log.error({ err: error }, "the queue or its maintenance failed");
const queue = await startQueue({ connectionString: env.DATABASE_URL, database: db, onError });
const beforeSts = createCallBudget({
  database: db,
  name: "sts",
  callsPerSecond: env.AUDIT_STS_CALLS_PER_SECOND ?? policy.stsCallsPerSecond,
  now: () => performance.now(),
  wait: delay,
});
const client = createCrossAccountClient(config, { ...clientOptions, aws: { ...clientOptions.aws, beforeSts } });

async function remind(): Promise<void> {
  const now = new Date();
  const { shared } = await fillRoleDigests(
    {
      database: db,
      digester,
      readRoleArn,
      onUnreadable: (error, connectionId) => log.error({ err: error, connectionId }, "a stored role cannot be read"),
    },
    now,
  );
  if (shared > 0) log.error({ shared }, "connections share a role with another one; staff see which under Audit runs");
  await updateReminders(db, policy, now);
}

await queue.maintain({
  "purge-verifications": async () => {
    const purged = await purgeVerifications(db, new Date(Date.now() - policy.keepForMs), { signal: stop.signal });
    const setAside = await purgeSetAside(db, new Date());
    log.info({ ...purged, setAside }, "old verifications were purged");
  },
  "purge-access-log": async () => {
    const retentionDays = env.ACCESS_LOG_RETENTION_DAYS;
    const pruned = await pruneAccessLog(accessLogDependencies, { retentionDays, signal: stop.signal });
    if (pruned.tampered.length > 0) {
      log.error(pruned, "the access log was tampered with; run verify-access-log and see docs/operators.md");
    } else {
      log.info(pruned, "old access log entries were purged");
    }
  },
  remind,
});
await remind();

log.info({ concurrency: env.WORKER_CONCURRENCY }, "worker started");
await runWorker({
  database: db,
  queue,
  client,
  policy,
  concurrency: env.WORKER_CONCURRENCY,
  leaseMs: env.WORKER_LEASE_SECONDS * 1_000,
  clock: () => new Date(),
  jitter: Math.random,
  onError: (error, job) =>
    job
      ? log.error({ err: error, connectionId: job.connectionId }, "an audit failed on our side")
      : log.error({ err: error }, "planning, taking or renewing work failed"),
  signal: stop.signal,
});
await queue.stop();
await db.$disconnect();
log.info({ peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_024) }, "worker stopped");

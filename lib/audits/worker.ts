import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { runLoop } from "@/lib/jobs/loop";
import type { CarriedJob, Queue } from "@/lib/jobs/queue";
import { repeat } from "@/lib/jobs/repeat";
import type { AuditDependencies } from "./audit";
import { newTurns } from "./choose-fairly";
import { giveBack, renewLeases, takeAudits } from "./leases";
import { plan } from "./plan";
import { runAudit } from "./run-audit";

const PLAN_EVERY_MS = 1_000;
const SHORTEST_REST_MS = 100;
const LONGEST_REST_MS = 2_000;
const LONGEST_AUDIT_MS = 120_000;

export interface WorkerOptions extends Omit<AuditDependencies, "holder" | "queue"> {
  queue: Queue;
  /** Audits that this process works on at the same time. */
  concurrency: number;
  onError: (error: unknown, job?: CarriedJob) => void;
  /** Aborts when the process is to stop: nothing new is begun, and what was begun ends or is given back. */
  signal: AbortSignal;
  /** Milliseconds that work in hand gets to end by itself after that. */
  drainMs?: number;
}

/** Plans and works until the signal aborts; resolves once nothing is in hand any more. */
export async function runWorker(options: WorkerOptions): Promise<void> {
  const { clock, concurrency, onError, signal, drainMs = 20_000 } = options;
  const dependencies: AuditDependencies = { ...options, holder: randomUUID() };
  const inHand = new Set<string>();
  const queued = concurrency * 4;
  const hurry = hurryAfter(signal, drainMs);
  const working = new AbortController();
  const turns = newTurns();
  const step = () => plan({ ...options, queued, turns }, clock());
  let restMs = SHORTEST_REST_MS;
  const renewing = repeat({
    work: () => renewLeases(dependencies, inHand, clock()),
    pause: () => rest(options.leaseMs / 3, working.signal),
    onError,
    signal: working.signal,
  });
  try {
    await Promise.all([
      repeat({ work: step, pause: () => rest(PLAN_EVERY_MS, signal), onError, signal }),
      runLoop<CarriedJob>({
        concurrency,
        signal,
        take: async (limit) => {
          const jobs = await takeAudits(dependencies, limit, clock());
          for (const { jobId } of jobs) inHand.add(jobId);
          // The queue ran low: what waits need not wait for the next step.
          if (jobs.length < limit) await step().catch(onError);
          restMs = jobs.length > 0 ? SHORTEST_REST_MS : Math.min(restMs * 2, LONGEST_REST_MS);
          return jobs;
        },
        handle: (job) => work(dependencies, job, { onError, hurry }).finally(() => inHand.delete(job.jobId)),
        pause: () => rest(restMs, signal),
        onError,
      }),
    ]);
  } finally {
    working.abort();
    await renewing;
  }
}

async function work(
  dependencies: AuditDependencies,
  job: CarriedJob,
  { onError, hurry }: { onError: WorkerOptions["onError"]; hurry: AbortSignal },
): Promise<void> {
  // Not by AbortSignal.timeout, which would keep what listens to it until the time is up.
  const stop = new AbortController();
  const abort = () => stop.abort();
  const tooLong = setTimeout(abort, LONGEST_AUDIT_MS);
  hurry.addEventListener("abort", abort, { once: true });
  try {
    await runAudit(dependencies, job, stop.signal);
  } catch (error) {
    if (!hurry.aborted) onError(error, job);
    await giveBack(dependencies, job, { now: dependencies.clock(), interrupted: hurry.aborted });
  } finally {
    clearTimeout(tooLong);
    hurry.removeEventListener("abort", abort);
  }
}

/** Aborts some time after another signal did. */
function hurryAfter(signal: AbortSignal, milliseconds: number): AbortSignal {
  const hurry = new AbortController();
  signal.addEventListener("abort", () => setTimeout(() => hurry.abort(), milliseconds).unref(), { once: true });
  return hurry.signal;
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

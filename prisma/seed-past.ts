import { createAccessLog } from "@/lib/access-log/prisma-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { config } from "@/lib/config";
import { type CrossAccountClient, CrossAccountError, createCrossAccountClient } from "@/lib/crossaccount";
import { clientOptions } from "@/lib/crossaccount-client/client";
import type { Connection } from "@/lib/generated/prisma/client";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/**
 * The library as it would have run at a time that is past. AWS and the database are asked now; what is recorded is dated
 * back as a whole, the end of the credentials included.
 */
export function clientAt(moment: Date): CrossAccountClient {
  const ago = Date.now() - moment.getTime();
  const clock = () => new Date(Date.now() - ago);
  const log = createAccessLog({ ...accessLogDependencies, clock });
  return createCrossAccountClient(config, {
    ...clientOptions,
    clock,
    accessLog: {
      record: ({ expiresAt, ...entry }) =>
        log.record({ ...entry, ...(expiresAt && { expiresAt: new Date(expiresAt.getTime() - ago) }) }),
    },
  });
}

interface Job {
  service: string;
  purpose: string;
  /** UTC. */
  hours: readonly number[];
  everyDays: number;
}

const refresh: Job = { service: "dashboard", purpose: "Refresh the dashboard", hours: [8, 14], everyDays: 1 };
const jobs: readonly Job[] = [
  refresh,
  { service: "cost-reports", purpose: "Nightly cost report", hours: [2], everyDays: 1 },
  { service: "rightsizing", purpose: "Look for idle machines", hours: [5], everyDays: 3 },
];

/** What the product does with a connection between two times, the end included: each run opens a session of its own. */
export async function runJobs(connection: Connection, from: Date, to: Date): Promise<void> {
  for (const { at, job } of runsBetween(from, to)) await run(connection, job, at);
  await run(connection, refresh, to);
}

function runsBetween(from: Date, to: Date): { job: Job; at: Date }[] {
  const firstDay = Math.floor(from.getTime() / DAY);
  const lastDay = Math.floor(to.getTime() / DAY);
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index)
    .flatMap((day) => jobs.filter(({ everyDays }) => day % everyDays === 0).flatMap((job) => runsOf(job, day)))
    .filter(({ at }) => at > from && at < to)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

function runsOf(job: Job, day: number) {
  return job.hours.map((hour) => ({ job, at: new Date(day * DAY + hour * HOUR) }));
}

async function run({ customerId, id: connectionId }: Connection, { service, purpose }: Job, at: Date): Promise<void> {
  const actor = { type: "service", id: service } as const;
  await clientAt(at).assumeCustomerRole(customerId, { connectionId, purpose, actor })().catch(unlessRefused);
}

/** A refusal is in the access log, and is part of the story. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof CrossAccountError)) throw error;
}

import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { AccessLogUsage } from "./schema";

const DAY = 24 * 60 * 60_000;
const daysShown = 30;
const purposesShown = 6;

interface DayCount {
  day: string;
  outcome: string;
  probe: boolean;
  count: number;
}

/** How a connection was used on each of the last 30 days, in UTC. */
export async function usageOf({ customerId, connectionId }: ConnectionScope, now: Date): Promise<AccessLogUsage> {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const days = Array.from({ length: daysShown }, (_, index) => dayOf(today - (daysShown - 1 - index) * DAY));
  const since = new Date(days[0] ?? today);
  const [counts, purposes, last] = await Promise.all([
    db.$queryRaw<DayCount[]>`
      SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, outcome, probe, count(*)::int AS count
      FROM "AccessLogEntry"
      WHERE "customerId" = ${customerId}::uuid AND "connectionId" = ${connectionId}::uuid AND "at" >= ${since}
        AND "source" IS DISTINCT FROM 'reported'
      GROUP BY 1, 2, 3`,
    db.$queryRaw<AccessLogUsage["purposes"]>`
      SELECT purpose,
        (count(*) FILTER (WHERE outcome = 'allowed'))::int AS allowed,
        (count(*) FILTER (WHERE outcome = 'refused'))::int AS refused,
        (count(*) FILTER (WHERE outcome = 'error'))::int AS error
      FROM "AccessLogEntry"
      WHERE "customerId" = ${customerId}::uuid AND "connectionId" = ${connectionId}::uuid AND "at" >= ${since} AND NOT probe
        AND "source" IS DISTINCT FROM 'reported'
      GROUP BY purpose ORDER BY count(*) DESC, purpose LIMIT ${purposesShown}`,
    credentialsUntil({ customerId, connectionId }, now),
  ]);
  return {
    days: days.map((day) => ({ day, ...countsOf(counts.filter((count) => count.day === day)) })),
    purposes,
    credentialsUntil: last,
  };
}

/** When the last credentials that were issued so far expire; null where none are valid any more. */
export async function credentialsUntil({ customerId, connectionId }: ConnectionScope, now: Date): Promise<Date | null> {
  // Sessions of a role last twelve hours at most (IAM User Guide, id_roles_use).
  const { _max } = await db.accessLogEntry.aggregate({
    where: {
      ...{ customerId, connectionId, expiresAt: { gt: now }, at: { gt: new Date(now.getTime() - DAY) } },
      // Whether an ended connection's access is gone is asked by AssumeRole, and what it gives is dropped at once.
      NOT: { probe: true, purpose: "access-check" },
    },
    _max: { expiresAt: true },
  });
  return _max.expiresAt;
}

function countsOf(counts: readonly DayCount[]) {
  const sum = (outcome: string) =>
    counts.filter((one) => !one.probe && one.outcome === outcome).reduce((total, { count }) => total + count, 0);
  const probe = counts.filter((one) => one.probe).reduce((total, { count }) => total + count, 0);
  return { allowed: sum("allowed"), refused: sum("refused"), error: sum("error"), probe };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import type { UsesOfWeek } from "./schema";

const DAY = 24 * 60 * 60_000;
const daysShown = 7;
/** More than these are not counted, so that a page costs the same however busy the customer's connections are. */
const countedAtMost = 5_000;

interface Counted {
  connectionId: string;
  day: string;
  count: number;
  lastAt: Date;
}

/** How often credentials of a customer's connections were issued on each of the last seven days, in UTC. Probes are no uses. */
export async function usesOfWeek(access: CustomerAccess, now: Date = databaseTime()): Promise<UsesOfWeek> {
  const today = Math.floor(now.getTime() / DAY) * DAY;
  const days = Array.from({ length: daysShown }, (_, index) => dayOf(today - (daysShown - 1 - index) * DAY));
  const since = new Date(today - (daysShown - 1) * DAY);
  const counted = await db.$queryRaw<Counted[]>`
    SELECT "connectionId", to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::int AS count, max("at") AS "lastAt"
    FROM (SELECT "connectionId", "at" FROM "AccessLogEntry"
      WHERE "customerId" = ${access.customer.id}::uuid AND "at" >= ${since} AND NOT "probe" AND "outcome" = 'allowed'
        AND "source" IS DISTINCT FROM 'reported'
      ORDER BY "at" DESC LIMIT ${countedAtMost + 1}) AS uses
    GROUP BY 1, 2`;
  const total = counted.reduce((sum, { count }) => sum + count, 0);
  const isMore = total > countedAtMost;
  const times = counted.map(({ lastAt }) => lastAt.getTime());
  return {
    total: Math.min(total, countedAtMost),
    isMore,
    lastAt: times.length > 0 ? new Date(Math.max(...times)) : null,
    connections: isMore ? {} : byConnection(counted, days),
  };
}

function byConnection(counted: readonly Counted[], days: readonly string[]): UsesOfWeek["connections"] {
  const connections: Record<string, number[]> = {};
  for (const { connectionId, day, count } of counted) {
    const uses = connections[connectionId] ?? days.map(() => 0);
    connections[connectionId] = uses.map((known, index) => (days[index] === day ? count : known));
  }
  return connections;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

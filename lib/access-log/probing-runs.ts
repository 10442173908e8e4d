import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";
import type { ProbingRun } from "./schema";

/** A run may be dated a moment after its first probe, or before its last one. */
const SLACK_MS = 2_000;

const outcomes = ["proven", "insecure", "failed", "inconclusive"] as const;

/** Which verification of a connection made which probes: the one that ran at the time, for the same actor. */
export async function probingRuns(owner: ConnectionScope, rows: readonly AccessLogEntry[]): Promise<ProbingRun[]> {
  const probes = rows.filter(({ probe }) => probe);
  const times = probes.map(({ at }) => at.getTime());
  if (times.length === 0) return [];
  const runs = await db.verification.findMany({
    where: {
      ...owner,
      startedAt: { lte: new Date(Math.max(...times) + SLACK_MS) },
      OR: [{ finishedAt: null }, { finishedAt: { gte: new Date(Math.min(...times) - SLACK_MS) } }],
    },
    orderBy: { startedAt: "desc" },
    take: probes.length,
    select: { id: true, outcome: true, actorType: true, actorId: true, startedAt: true, finishedAt: true },
  });
  const runOf = ({ at, actorType, actorId }: AccessLogEntry) =>
    runs.find(
      (run) =>
        run.actorType === actorType &&
        run.actorId === actorId &&
        run.startedAt.getTime() - SLACK_MS <= at.getTime() &&
        (run.finishedAt === null || at.getTime() <= run.finishedAt.getTime() + SLACK_MS),
    )?.id;
  return runs.flatMap(({ id, outcome }) => {
    const entries = probes.filter((probe) => runOf(probe) === id).map((probe) => probe.id);
    if (entries.length === 0) return [];
    return [{ id, outcome: outcomes.find((known) => known === outcome) ?? null, entries }];
  });
}

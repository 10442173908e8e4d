import type { DriftView, HistoryView, RunView } from "@/lib/audits/schema";

type Change = HistoryView["changes"][number];

/** What happened to a connection at one time. */
export type TimelineEvent =
  /** A verification or audit, with the status that it led to where it changed. */
  | { kind: "run"; at: Date; run: RunView; change?: Change }
  /** Audits one after another that found all as it was: `run` is the newest, `since` the oldest one's time. */
  | { kind: "quiet"; at: Date; run: RunView; count: number; since: Date }
  /** A change of status that no run of those that are kept led to. */
  | { kind: "change"; at: Date; change: Change }
  | { kind: "drift"; at: Date; drift: DriftView }
  | { kind: "rotation"; at: Date; what: HistoryView["rotations"][number]["what"] }
  | { kind: "created"; at: Date };

/** One timeline of all that is known, newest first, with audits that changed nothing told once. */
export function timelineEvents(
  { changes, runs, drifts, rotations, olderBefore }: HistoryView,
  createdAt: Date,
): TimelineEvent[] {
  const changeOf = (run: RunView) => changes.find(({ at }) => at.getTime() === run.finishedAt?.getTime());
  const told = new Set(runs.map(changeOf));
  const events: TimelineEvent[] = [
    ...runs.map(
      (run): TimelineEvent => ({ kind: "run", at: run.finishedAt ?? run.startedAt, run, change: changeOf(run) }),
    ),
    ...changes
      .filter((change) => !told.has(change))
      .map((change): TimelineEvent => ({ kind: "change", at: change.at, change })),
    ...drifts.map((drift): TimelineEvent => ({ kind: "drift", at: drift.firstSeenAt, drift })),
    ...rotations.map(({ what, at }): TimelineEvent => ({ kind: "rotation", at, what })),
    ...(olderBefore ? [] : [{ kind: "created", at: createdAt } as const]),
  ];
  return quietTogether(events.toSorted((one, other) => other.at.getTime() - one.at.getTime()));
}

function quietTogether(events: readonly TimelineEvent[]): TimelineEvent[] {
  const together: TimelineEvent[] = [];
  for (const event of events) {
    const last = together.at(-1);
    if (!isQuiet(event)) together.push(event);
    else if (last?.kind === "quiet")
      together[together.length - 1] = { ...last, count: last.count + 1, since: event.at };
    else together.push({ kind: "quiet", at: event.at, run: event.run, count: 1, since: event.at });
  }
  return together;
}

function isQuiet(event: TimelineEvent): event is Extract<TimelineEvent, { kind: "run" }> {
  if (event.kind !== "run" || event.change) return false;
  const { byAudit, state, outcome, failed, warned } = event.run;
  return byAudit && state === "finished" && outcome === "proven" && failed + warned === 0;
}

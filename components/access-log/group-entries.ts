import type { AccessLogEntryView, ProbingRun, StaffAccessLogEntryView } from "@/lib/access-log/schema";

export type Entry = AccessLogEntryView | StaffAccessLogEntryView;

/** One use, or the probes that one verification made. */
export type EntryGroup = { kind: "entry"; entry: Entry } | { kind: "probes"; run: ProbingRun; entries: Entry[] };

/** Entries in their order, the probes of a verification together where its first one stands. */
export function groupEntries(rows: readonly Entry[], runs: readonly ProbingRun[]): EntryGroup[] {
  const groups: EntryGroup[] = [];
  for (const entry of rows) {
    const run = runs.find(({ entries }) => entries.includes(entry.id));
    const begun = groups.find((group) => group.kind === "probes" && group.run.id === run?.id);
    if (begun?.kind === "probes") begun.entries.push(entry);
    else if (run && run.entries.length > 1) groups.push({ kind: "probes", run, entries: [entry] });
    else groups.push({ kind: "entry", entry });
  }
  return groups;
}

/** What the probes came to, after their number. */
export function probesOutcome({ outcome }: Pick<ProbingRun, "outcome">): { words: string; alarm: boolean } {
  switch (outcome) {
    case "proven":
      return { words: "all as expected", alarm: false };
    case "insecure":
      return { words: "not as expected: others can use the role", alarm: true };
    case "failed":
      return { words: "the role was refused", alarm: true };
    case "inconclusive":
      return { words: "AWS gave no clear answer", alarm: false };
    case null:
      return { words: "without a result", alarm: false };
  }
}

import { expect, test } from "vitest";
import type { AccessLogEntryView, ProbingRun } from "@/lib/access-log/schema";
import { groupEntries, probesOutcome } from "./group-entries";

const entry = (id: string) => ({ id }) as AccessLogEntryView;
const run = (id: string, entries: string[]): ProbingRun => ({ id, outcome: "proven", entries });

test("the probes of a verification stand together where its first one does, and nothing is lost", () => {
  const rows = ["use 1", "a 1", "b 1", "a 2", "use 2", "b 2", "alone"].map(entry);
  const groups = groupEntries(rows, [run("a", ["a 1", "a 2"]), run("b", ["b 1", "b 2"]), run("c", ["alone"])]);
  expect(groups.map((group) => (group.kind === "entry" ? group.entry.id : group.entries.map(({ id }) => id)))).toEqual([
    "use 1",
    ["a 1", "a 2"],
    ["b 1", "b 2"],
    "use 2",
    "alone",
  ]);
});

test.each([
  ["proven", false],
  ["insecure", true],
  ["failed", true],
  ["inconclusive", false],
  [null, false],
] as const)("probes of a run that ended as %s are an alarm: %s", (outcome, alarm) => {
  expect(probesOutcome({ outcome }).alarm).toBe(alarm);
});

import { expect, test } from "vitest";
import type { HistoryView, RunView } from "@/lib/audits/schema";
import { timelineEvents } from "./timeline-events";

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute));

function run(minute: number, changed: Partial<RunView> = {}): RunView {
  return {
    id: `run ${minute}`,
    byAudit: true,
    state: "finished",
    outcome: "proven",
    failed: 0,
    warned: 0,
    startedAt: at(minute - 1),
    finishedAt: at(minute),
    ...changed,
  };
}

const change = (minute: number) => ({ from: "setup", to: "broken", cause: "Because.", at: at(minute) }) as const;
const history = (parts: Partial<HistoryView>): HistoryView => ({
  changes: [],
  runs: [],
  drifts: [],
  rotations: [],
  olderBefore: null,
  nextAuditAt: null,
  ...parts,
});

test("a change of status stands with the run that led to it, and alone where there is none", () => {
  const events = timelineEvents(
    history({ runs: [run(9, { outcome: "failed" })], changes: [change(9), change(4)] }),
    at(1),
  );
  expect(events).toMatchObject([
    { kind: "run", run: { id: "run 9" }, change: { at: at(9) } },
    { kind: "change", at: at(4) },
    { kind: "created", at: at(1) },
  ]);
});

test("audits that found all as it was are told once, until something else happened", () => {
  const runs = [run(9), run(8), run(7, { warned: 1 }), run(6), run(5), run(4), run(3, { byAudit: false })];
  const events = timelineEvents(history({ runs }), at(1));
  expect(events.map((event) => [event.kind, "count" in event ? event.count : 1, event.at])).toEqual([
    ["quiet", 2, at(9)],
    ["run", 1, at(7)],
    ["quiet", 3, at(6)],
    ["run", 1, at(3)],
    ["created", 1, at(1)],
  ]);
  expect(events[2]).toMatchObject({ since: at(4), run: { id: "run 6" } });
});

test("a run that goes on stands where it began", () => {
  const events = timelineEvents(
    history({ runs: [run(9, { state: "running", outcome: null, finishedAt: null })] }),
    at(1),
  );
  expect(events[0]).toMatchObject({ kind: "run", at: at(8) });
});

test("the beginning is told where nothing older is left", () => {
  const kinds = (olderBefore: Date | null) =>
    timelineEvents(history({ runs: [run(9, { outcome: "failed" })], olderBefore }), at(1)).map(({ kind }) => kind);
  expect(kinds(null)).toEqual(["run", "created"]);
  expect(kinds(at(8))).toEqual(["run"]);
});

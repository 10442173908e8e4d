import { describe, expect, test } from "vitest";
import {
  allowedTransitions,
  type ConnectionStatus,
  connectionStatuses,
  customerStatuses,
  factsAfter,
  factsOf,
  isStopped,
  isUsable,
  isWatched,
  type ReportedFacts,
  type SetupPermissions,
  type StatusFacts,
  statusesBefore,
  statusFrom,
  type VerificationOutcome,
} from "./status";

const either = [false, true];
const allSetup: SetupPermissions[] = ["unknown", "present", "gone", "never-granted"];

/** Every combination of facts. */
const allFacts: StatusFacts[] = either.flatMap((disconnected) =>
  either.flatMap((paused) =>
    either.flatMap((insecure) =>
      either.flatMap((proven) =>
        either.flatMap((refused) =>
          either.flatMap((checkFailed) =>
            allSetup.map((setupPermissions) => ({
              ...{ disconnected, paused, insecure, proven, refused, checkFailed, setupPermissions },
            })),
          ),
        ),
      ),
    ),
  ),
);

const outcomes: VerificationOutcome[] = ["proven", "insecure", "failed", "inconclusive"];
const failed = { id: "ongoing-permissions", status: "failed" };
const allReports: ReportedFacts[] = outcomes.flatMap((outcome) =>
  [[], [failed]].flatMap((checks) => allSetup.map((setupPermissions) => ({ outcome, checks, setupPermissions }))),
);

/** As the product says it, in words of its own: a connection is in the first that holds. */
const holds: [ConnectionStatus, (facts: StatusFacts) => boolean][] = [
  ["disconnected", ({ disconnected }) => disconnected],
  ["paused", ({ paused }) => paused],
  ["insecure", ({ insecure }) => insecure],
  ["broken", ({ proven, refused }) => proven && refused],
  ["pending", ({ proven }) => !proven],
  ["degraded", ({ checkFailed }) => checkFailed],
  ["setup", ({ setupPermissions }) => setupPermissions === "present" || setupPermissions === "unknown"],
  ["active", ({ setupPermissions }) => setupPermissions === "gone" || setupPermissions === "never-granted"],
];

describe("a status", () => {
  test("is the first that holds, for each of the 256 combinations of facts", () => {
    expect(allFacts).toHaveLength(256);
    expect(holds.map(([status]) => status)).toEqual([...connectionStatuses]);
    const expected = allFacts.map((facts) => holds.find(([, isSo]) => isSo(facts))?.[0]);
    expect(allFacts.map(statusFrom)).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set(connectionStatuses));
  });

  test("changes as the table allows, whatever a report says, and every change in the table happens", () => {
    const seen = new Set<string>();
    const forbidden: string[] = [];
    const note = (from: ConnectionStatus, to: ConnectionStatus) => {
      if (from === to) return;
      seen.add(`${from} → ${to}`);
      if (!allowedTransitions[from].includes(to)) forbidden.push(`${from} → ${to}`);
    };
    for (const facts of allFacts) {
      const from = statusFrom(facts);
      for (const report of allReports) note(from, statusFrom(factsAfter(facts, report)));
      if (facts.disconnected) continue;
      note(from, statusFrom({ ...facts, paused: !facts.paused }));
      note(from, statusFrom({ ...facts, disconnected: true }));
    }
    expect(forbidden).toEqual([]);
    const inTable = connectionStatuses.flatMap((from) => allowedTransitions[from].map((to) => `${from} → ${to}`));
    expect([...seen].sort()).toEqual(inTable.sort());
    expect(statusesBefore("pending").sort()).toEqual(["insecure", "paused"]);
  });

  test("that somebody stopped outlasts every report, and its facts go on being kept", () => {
    for (const facts of allFacts.filter(({ disconnected, paused }) => disconnected || paused)) {
      for (const report of allReports) expect(statusFrom(factsAfter(facts, report))).toBe(statusFrom(facts));
    }
    const paused = { ...factsOf({ status: "active" }), paused: true };
    const resumed = {
      ...factsAfter(paused, { outcome: "insecure", checks: [], setupPermissions: "unknown" }),
      paused: false,
    };
    expect(statusFrom(resumed)).toBe("insecure");
  });

  test("of a role that was never verified and is refused is pending, and broken of one that was", () => {
    const refused: ReportedFacts = { outcome: "failed", checks: [], setupPermissions: "unknown" };
    for (const [verified, status] of [
      [false, "pending"],
      [true, "broken"],
    ] as const) {
      expect(statusFrom(factsAfter(factsOf({ status: "insecure", verified }), refused))).toBe(status);
    }
  });

  test("whose setup permissions could not be seen is what they were known to be before", () => {
    const unseen: ReportedFacts = { outcome: "proven", checks: [], setupPermissions: "unknown" };
    const after = (setupPermissions: SetupPermissions) =>
      statusFrom(factsAfter(factsOf({ status: "degraded", verified: true, setupPermissions }), unseen));
    expect(allSetup.map(after)).toEqual(["setup", "setup", "active", "active"]);
  });

  test("gives the facts back from which it follows, as far as it tells them", () => {
    for (const status of connectionStatuses) expect(statusFrom(factsOf({ status }))).toBe(status);
  });
});

test("what is used, what is watched and what customers read is said of every status", () => {
  const rows = connectionStatuses.map((status) => [
    status,
    customerStatuses[status],
    isUsable(status),
    isStopped(status),
    isWatched({ proven: true, status }),
  ]);
  expect(rows).toEqual([
    ["disconnected", "ended", false, true, false],
    ["paused", "paused", false, true, false],
    ["insecure", "blocked", false, false, true],
    ["broken", "blocked", false, false, true],
    ["pending", "unfinished", false, false, true],
    ["degraded", "working", true, false, true],
    ["setup", "working", true, false, true],
    ["active", "working", true, false, true],
  ]);
  expect(connectionStatuses.filter((status) => isWatched({ proven: false, status }))).toEqual([]);
});

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
  type TrustSight,
  unseenTrust,
  type VerificationOutcome,
} from "./status";

const either = [false, true];
const allSetup: SetupPermissions[] = ["unknown", "present", "gone", "never-granted"];

const [atNoon, soon, later] = ["12:00:00", "12:09:59", "12:10:00"].map((time) => `2026-11-26T${time}.000Z`) as [
  ...[string, string, string],
];
const read: TrustSight = { ...unseenTrust, readAt: "2026-11-25T12:00:00.000Z" };
const sights: TrustSight[] = [
  unseenTrust,
  read,
  { ...read, deniedSince: atNoon, deniedLast: soon },
  { ...read, deniedSince: atNoon, deniedLast: later },
  { ...read, deniedSince: atNoon, deniedLast: later, confirmedAt: later },
];
const isHidden = (trust: TrustSight) => trust === sights[3];

/** Every combination of facts. */
const allFacts: StatusFacts[] = either.flatMap((disconnected) =>
  either.flatMap((paused) =>
    either.flatMap((insecure) =>
      either.flatMap((proven) =>
        either.flatMap((refused) =>
          either.flatMap((checkFailed) =>
            allSetup.flatMap((setupPermissions) =>
              sights.flatMap((trust) =>
                either.map((confirmed) => ({
                  ...{
                    disconnected,
                    paused,
                    insecure,
                    proven,
                    confirmed,
                    refused,
                    checkFailed,
                    setupPermissions,
                    trust,
                  },
                })),
              ),
            ),
          ),
        ),
      ),
    ),
  ),
);

const outcomes: VerificationOutcome[] = ["proven", "insecure", "failed", "inconclusive"];
const failed = { id: "ongoing-permissions", status: "failed" };
const allReports: ReportedFacts[] = outcomes.flatMap((outcome) =>
  [[], [failed]].flatMap((checks) =>
    allSetup.flatMap((setupPermissions) =>
      ([undefined, { as: "read", at: later }, { as: "denied", at: later }] as const).map((trustSeen) => ({
        ...{ outcome, checks, setupPermissions, trustSeen },
      })),
    ),
  ),
);

/** As the product says it, in words of its own: a connection is in the first that holds. */
const holds: [ConnectionStatus, (facts: StatusFacts) => boolean][] = [
  ["disconnected", ({ disconnected }) => disconnected],
  ["paused", ({ paused }) => paused],
  ["insecure", ({ insecure, trust }) => insecure || isHidden(trust)],
  ["broken", ({ proven, confirmed, refused }) => proven && confirmed && refused],
  ["pending", ({ proven, confirmed }) => !proven || !confirmed],
  ["degraded", ({ checkFailed }) => checkFailed],
  ["setup", ({ setupPermissions }) => setupPermissions === "present" || setupPermissions === "unknown"],
  ["active", ({ setupPermissions }) => setupPermissions === "gone" || setupPermissions === "never-granted"],
];

describe("a status", () => {
  test("is the first that holds, for each of the 2,560 combinations of facts", () => {
    expect(allFacts).toHaveLength(2_560);
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
      // No role counts as verified before its account is confirmed.
      if (!facts.proven) note(from, statusFrom({ ...facts, confirmed: !facts.confirmed }));
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

  test("of an account that is only proposed is none in which credentials are issued, whatever reports say, until it is confirmed", () => {
    const isSafe = (facts: StatusFacts) => !isUsable(statusFrom(facts)) && statusFrom(facts) !== "broken";
    for (const facts of allFacts.filter(({ confirmed }) => !confirmed)) {
      expect(isSafe(facts)).toBe(true);
      for (const report of allReports) {
        const after = factsAfter(facts, report);
        expect([after.confirmed, after.proven]).toEqual([false, facts.proven]);
        expect(isSafe(after)).toBe(true);
      }
    }
    const proven: ReportedFacts = { outcome: "proven", checks: [], setupPermissions: "gone" };
    const proposed = factsAfter(factsOf({ status: "pending", confirmed: false }), proven);
    const confirmed = { ...proposed, confirmed: true };
    expect([proposed, confirmed, factsAfter(confirmed, proven)].map(statusFrom)).toEqual([
      "pending",
      "pending",
      "active",
    ]);
  });

  test("whose setup permissions could not be seen is what they were known to be before", () => {
    const unseen: ReportedFacts = { outcome: "proven", checks: [], setupPermissions: "unknown" };
    const after = (setupPermissions: SetupPermissions) =>
      statusFrom(factsAfter(factsOf({ status: "degraded", verified: true, setupPermissions }), unseen));
    expect(allSetup.map(after)).toEqual(["setup", "setup", "active", "active"]);
  });

  describe("of a role whose trust policy was read, and then denied", () => {
    const denied = (at: string): ReportedFacts => ({
      ...{ outcome: "proven", checks: [], setupPermissions: "gone", trustSeen: { as: "denied", at } },
    });
    const factsWith = (trust: TrustSight, ...reports: ReportedFacts[]) =>
      reports.reduce(factsAfter, factsOf({ status: "active", verified: true, trust }));
    const statuses = (trust: TrustSight, ...reports: ReportedFacts[]) =>
      reports.map((_, index) => statusFrom(factsWith(trust, ...reports.slice(0, index + 1))));

    test("is insecure with the second denial at least ten minutes later, and not before", () => {
      expect(statuses(read, denied(atNoon), denied(soon), denied(later))).toEqual(["active", "active", "insecure"]);
    });

    test("stays as it was where it was never read, or an admin confirmed it", () => {
      expect(statuses(unseenTrust, denied(atNoon), denied(later))).toEqual(["active", "active"]);
      const confirmed = { ...factsWith(read, denied(atNoon), denied(later)).trust, confirmedAt: later };
      expect(statuses(confirmed, denied("2026-11-27T12:00:00.000Z"))).toEqual(["active"]);
    });

    test("is as before once it is read again, and a confirmation ends with that", () => {
      const again: ReportedFacts = { ...denied(later), trustSeen: { as: "read", at: later } };
      expect(statuses(read, denied(atNoon), denied(later), again)).toEqual(["active", "insecure", "active"]);
      const confirmed = { ...factsWith(read, denied(atNoon), denied(later)).trust, confirmedAt: later };
      const [day, dayAfter] = ["2026-11-27T12:00:00.000Z", "2026-11-28T12:00:00.000Z"];
      expect(statuses(confirmed, again, denied(day), denied(dayAfter))).toEqual(["active", "active", "insecure"]);
    });

    test("is not insecure by what gave no answer or no conclusion", () => {
      const silent: ReportedFacts = { ...denied(later), trustSeen: undefined };
      const unclear: ReportedFacts = { ...denied(later), outcome: "inconclusive" };
      expect(statuses(read, denied(atNoon), silent, unclear)).toEqual(["active", "active", "active"]);
    });
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

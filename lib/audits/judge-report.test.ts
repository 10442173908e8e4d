import { describe, expect, test } from "vitest";
import { noStreak, type Streak } from "@/lib/verifications/audit-schedule";
import { type Judgement, judge } from "./judge-report";

const minute = 60_000;
const policy = { brokenAfter: 3, brokenWithinMs: 30 * minute, degradedAfter: 2, degradedWithinMs: 10 * minute };
const at = (minutes: number) => new Date(minutes * minute);

function audits(status: "active" | "broken" | "insecure", found: [number, "ok" | "refused" | "check" | "silent"][]) {
  let streak: Streak = noStreak;
  const judgements: Judgement[] = [];
  for (const [minutes, what] of found) {
    const judgement = judge({
      status,
      streak,
      policy,
      now: at(minutes),
      outcome: ({ ok: "proven", refused: "failed", check: "proven", silent: "inconclusive" } as const)[what],
      leadsTo: ({ ok: "active", refused: "broken", check: "degraded", silent: status } as const)[what],
    });
    streak = judgement.streak;
    judgements.push(judgement);
  }
  return judgements.map(({ counts }) => counts);
}

describe("an audit of a connection that works", () => {
  test("breaks it with the third refusal in a row, not before", () => {
    expect(
      audits("active", [
        [0, "refused"],
        [15, "refused"],
        [30, "refused"],
      ]),
    ).toEqual([false, false, true]);
  });

  test("does not break it by three refusals in quick succession", () => {
    expect(
      audits("active", [
        [0, "refused"],
        [5, "refused"],
        [10, "refused"],
        [29, "refused"],
        [30, "refused"],
      ]),
    ).toEqual([false, false, false, false, true]);
  });

  test("starts to count anew after the role was proven", () => {
    expect(
      audits("active", [
        [0, "refused"],
        [15, "refused"],
        [30, "ok"],
        [45, "refused"],
        [60, "refused"],
        [75, "refused"],
      ]),
    ).toEqual([false, false, true, false, false, true]);
  });

  test("neither counts nor forgives when AWS gives no answer", () => {
    expect(
      audits("active", [
        [0, "refused"],
        [15, "silent"],
        [30, "refused"],
        [45, "silent"],
        [60, "refused"],
      ]),
    ).toEqual([false, false, false, false, true]);
  });

  test("degrades it with the second failing check in a row, ten minutes apart", () => {
    expect(
      audits("active", [
        [0, "check"],
        [5, "check"],
        [10, "check"],
      ]),
    ).toEqual([false, false, true]);
  });

  test("is done again soon while it is held back", () => {
    const judged = judge({
      status: "active",
      leadsTo: "broken",
      outcome: "failed",
      streak: noStreak,
      policy,
      now: at(0),
    });
    expect(judged).toMatchObject({ counts: false, recheck: true });
  });
});

test("insecure counts at once, whatever came before", () => {
  const judged = judge({
    status: "active",
    leadsTo: "insecure",
    outcome: "insecure",
    streak: noStreak,
    policy,
    now: at(0),
  });
  expect(judged).toMatchObject({ counts: true, streak: noStreak });
});

test("what is broken or insecure gets better at once", () => {
  expect(audits("broken", [[0, "ok"]])).toEqual([true]);
  expect(audits("broken", [[0, "check"]])).toEqual([true]);
  expect(audits("insecure", [[0, "check"]])).toEqual([true]);
});

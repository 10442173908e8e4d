import { expect, test } from "vitest";
import { completeTuning } from "./tuning";

test("what is given counts, each by itself", () => {
  const given = {
    watch: { hearing: () => 1 },
    statusMaxAgeMs: 1,
    maxSessions: 2,
    attemptMs: 3,
    deadlineMs: 4,
    clock: () => new Date(5),
    jitter: () => 0.6,
    randomBytes: (size: number) => new Uint8Array(size),
  };
  expect(completeTuning(given)).toEqual(given);
});

test("what is not given is the documented default", () => {
  const { clock, jitter, ...rest } = completeTuning({});
  const documented = { statusMaxAgeMs: 0, maxSessions: 20_000, attemptMs: 3_000, deadlineMs: 10_000 };
  expect(rest).toMatchObject({ watch: undefined, ...documented });
  expect(Math.abs(clock().getTime() - Date.now())).toBeLessThan(60_000);
  expect(jitter()).toBeLessThan(1);
});

import { describe, expect, test } from "vitest";
import { retry } from "./retry";

function fakeTime() {
  let now = 0;
  const waits: number[] = [];
  const sleep = async (milliseconds: number) => {
    waits.push(milliseconds);
    now += milliseconds;
  };
  return { clock: () => new Date(now), sleep, waits };
}

describe("retry", () => {
  test("waits longer each time up to the cap, and stops when the answer is good", async () => {
    const { clock, sleep, waits } = fakeTime();
    let calls = 0;
    const result = await retry(async () => ++calls, {
      again: (count) => count < 6,
      ...{ clock, sleep, deadline: 60_000, jitter: () => 1, baseMs: 1_000, capMs: 5_000 },
    });
    expect(result).toBe(6);
    expect(waits).toEqual([1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  test("gives the last answer when the deadline leaves no room, without waiting in vain", async () => {
    const { clock, sleep, waits } = fakeTime();
    const options = { clock, sleep, deadline: 3_500, jitter: () => 1, baseMs: 1_000, capMs: 5_000 };
    expect(await retry(async () => "busy", { again: () => true, ...options })).toBe("busy");
    expect(waits).toEqual([1_000, 2_000]);
  });

  test("spreads callers by jitter", async () => {
    const { clock, sleep, waits } = fakeTime();
    let calls = 0;
    const options = { clock, sleep, deadline: 60_000, jitter: () => 0, baseMs: 1_000, capMs: 5_000 };
    await retry(async () => ++calls, { again: (count) => count < 2, ...options });
    expect(waits).toEqual([500]);
  });

  test("gives the last answer when it is aborted while it waits", async () => {
    const controller = new AbortController();
    const sleep = async () => {
      controller.abort();
      throw controller.signal.reason;
    };
    const options = { clock: () => new Date(0), sleep, deadline: 60_000, jitter: () => 1, baseMs: 1_000, capMs: 5_000 };
    const { signal } = controller;
    expect(await retry(async () => "busy", { again: () => true, signal, ...options })).toBe("busy");
  });

  test("stops when it is aborted", async () => {
    const { clock, sleep } = fakeTime();
    const options = { clock, sleep, deadline: 60_000, jitter: () => 1, baseMs: 1_000, capMs: 5_000 };
    let calls = 0;
    await retry(async () => ++calls, { again: () => true, signal: AbortSignal.abort(), ...options });
    expect(calls).toBe(1);
  });
});

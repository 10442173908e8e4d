import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { FaultRule } from "../../../sandbox/faults/rule";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { connected, createMovedClock } from "../testing/connected-client";
import { eventually } from "../testing/eventually";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterEach(() => vi.useRealTimers());
afterAll(() => sandbox.close());

const home = "us-east-1";
const next = "us-east-2";
const watch = { hearing: () => 1 };
const assumeRole = { service: "sts", operation: "AssumeRole" } as const;

const faults: [what: string, rule: FaultRule][] = [
  ["down", { ...assumeRole, kind: "outage" }],
  ["throttled", { ...assumeRole, kind: "throttle" }],
  ["slow", { ...assumeRole, kind: "latency", ms: 60_000 }],
  ["silent", { ...assumeRole, kind: "hang", ms: 60_000 }],
  ["closing connections", { ...assumeRole, kind: "drop" }],
  ["answering garbage", { ...assumeRole, kind: "garbage" }],
];

describe.each(faults)("a region's STS that is %s", (_what, rule) => {
  test("is noticed by nobody who has a session, not even when the next one is due", async () => {
    const { clock, pass } = createMovedClock();
    const { provider, accessLog } = await connected(sandbox.url, { watch, clock, attemptMs: 500 });
    const first = await provider()();
    sandbox.faults.set([rule]);
    pass(50);
    await eventually(async () => {
      expect(await provider()()).toEqual(first);
      expect(accessLog.entries.at(-1)?.outcome).toBe("error");
    });
    expect(await provider()()).toEqual(first);
  });

  test("is stood in for by the next region, and both are in the access log", async () => {
    const { provider, accessLog } = await connected(sandbox.url, { watch, attemptMs: 500 });
    sandbox.faults.set([{ ...rule, region: home }]);
    expect((await provider()()).sessionToken).toBeTruthy();
    expect(accessLog.entries.map(({ region, outcome }) => [region, outcome])).toEqual([
      [home, "error"],
      [next, "allowed"],
    ]);
  });

  test("and so everywhere leads to a typed error within the deadline", async () => {
    const { provider, accessLog } = await connected(sandbox.url, { watch, attemptMs: 100, deadlineMs: 5_000 });
    sandbox.faults.set([rule]);
    const code = rule.kind === "throttle" ? "throttled" : "aws-unavailable";
    await expect(provider()()).rejects.toMatchObject({ name: "CrossAccountError", code });
    expect(accessLog.entries.length).toBeGreaterThan(2);
    expect(accessLog.entries.length).toBeLessThanOrEqual(6);
    expect(accessLog.entries.map(({ outcome }) => outcome)).not.toContain("allowed");
  });
});

test("a caller waits no longer than the deadline, whoever does not answer", async () => {
  const { provider } = await connected(sandbox.url, { watch, attemptMs: 60_000, deadlineMs: 200 });
  sandbox.faults.set([{ ...assumeRole, kind: "hang", ms: 60_000 }]);
  await expect(provider()()).rejects.toMatchObject({ code: "aws-unavailable" });
});

test.each(["AccessDenied", "ValidationError"])("%s is an answer, and no other region is asked", async (code) => {
  const { provider, asked } = await connected(sandbox.url, { watch });
  sandbox.faults.set([{ ...assumeRole, kind: "error", code, status: code === "AccessDenied" ? 403 : 400 }]);
  await expect(provider()()).rejects.toThrow();
  expect(asked()).toEqual([home]);
});

test("a region that the customer switched off is stood in for", async () => {
  const { provider, asked } = await connected(sandbox.url, { watch });
  sandbox.faults.set([{ ...assumeRole, region: home, kind: "error", code: "RegionDisabledException", status: 403 }]);
  await provider()();
  expect(asked()).toEqual([home, next]);
});

test("a session that ended while STS is down everywhere is not handed out", async () => {
  const { clock, pass } = createMovedClock();
  const { provider } = await connected(sandbox.url, { watch, clock });
  await provider()();
  sandbox.faults.set([{ ...assumeRole, kind: "outage" }]);
  pass(60);
  await expect(provider()()).rejects.toMatchObject({ code: "aws-unavailable" });
  sandbox.faults.set([]);
});

describe("the circuit breaker", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
  });

  test("leaves a region alone after five failures, tries it after a while, and comes back to it", async () => {
    const { provider, asked } = await connected(sandbox.url, { watch });
    sandbox.faults.set([{ ...assumeRole, kind: "outage", region: home }]);
    for (let caller = 0; caller < 10; caller += 1) await provider(`purpose ${caller}`)();
    expect(asked().filter((region) => region === home)).toHaveLength(5);
    expect(asked().filter((region) => region === next)).toHaveLength(10);

    vi.setSystemTime(Date.now() + 90_000);
    await provider("still down")();
    await provider("left alone again")();
    expect(asked().slice(15)).toEqual([home, next, next]);

    sandbox.faults.set([]);
    vi.setSystemTime(Date.now() + 90_000);
    await provider("recovered")();
    await provider("as before")();
    expect(asked().slice(18)).toEqual([home, home]);
  });

  test("fails at once, with an entry in the log, when every region is left alone", async () => {
    const { provider, accessLog, asked } = await connected(sandbox.url, { watch });
    sandbox.faults.set([{ ...assumeRole, kind: "outage" }]);
    for (let caller = 0; caller < 5; caller += 1) await provider(`purpose ${caller}`)().catch(() => {});
    const before = asked();
    await expect(provider("one more")()).rejects.toMatchObject({ code: "aws-unavailable" });
    expect(asked()).toEqual(before);
    expect(accessLog.entries.at(-1)).toMatchObject({ outcome: "error", errorCode: "CircuitOpen", purpose: "one more" });
  });
});

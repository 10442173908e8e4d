import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { countAsProven } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { startWorkerProcess, type TestWorker } from "@/dev/testing/workers";
import { db } from "@/lib/db";
import { startRound } from "./rounds";

const CONNECTIONS = 24;
const KILLS = 2;

const workers: TestWorker[] = [];
afterEach(async () => {
  for (const worker of workers) await worker.stop();
});

function startWorker(): void {
  workers.push(startWorkerProcess({ concurrency: 3, leaseSeconds: 2 }));
}

/** `npm run bench -- audit-kills` does this with 1,000 connections and 20 kills. */
test("workers that are killed in the middle of a round lose no work, and none is recorded twice", async () => {
  const access = [await member(), await member()];
  for (let made = 0; made < CONNECTIONS; made += 1) {
    await countAsProven(access[made % 2] ?? (await member()), String(600_000_000_000 + made));
  }
  (await testSandbox()).faults.set([{ kind: "latency", ms: 100 }]);
  const { roundId } = await startRound(await staffMember(), new Date());
  const done = () => db.auditItem.count({ where: { roundId, state: "done" } });
  startWorker();
  startWorker();

  for (let kill = 1; kill <= KILLS; kill += 1) {
    while ((await done()) < (CONNECTIONS / (KILLS + 1)) * kill) await delay(20);
    await workers.shift()?.kill();
    startWorker();
  }
  while ((await done()) < CONNECTIONS) await delay(50);
  for (const worker of workers) await worker.stop();

  const runs = await db.verification.groupBy({ by: ["connectionId"], where: { roundId }, _count: true });
  expect(runs).toHaveLength(CONNECTIONS);
  expect(runs.every(({ _count }) => _count === 1)).toBe(true);
  const items = await db.auditItem.findMany({ where: { roundId } });
  expect(items.every(({ outcome, leaseUntil }) => outcome === "proven" && leaseUntil === null)).toBe(true);
  const [{ jobs } = { jobs: -1 }] = await db.$queryRaw<{ jobs: number }[]>`
    SELECT count(*)::int AS jobs FROM pgboss.job WHERE name = 'audit' AND state < 'completed'`;
  expect(jobs).toBe(0);
}, 180_000);

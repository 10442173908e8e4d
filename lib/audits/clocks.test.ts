import { setTimeout as delay } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { countAsProven } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { testSandbox } from "@/dev/testing/sandbox";
import { startWorkerProcess } from "@/dev/testing/workers";
import { db } from "@/lib/db";
import { startRound } from "./rounds";

const CONNECTIONS = 16;
const HOUR = 60 * 60_000;

const workers: ReturnType<typeof startWorkerProcess>[] = [];
afterAll(async () => {
  for (const worker of workers) await worker.stop();
});

test("workers on machines whose clocks are hours apart take nothing from each other, and date what they see rightly", async () => {
  const began = new Date();
  const access = [await member(), await member(), await member(), await member()];
  for (let made = 0; made < CONNECTIONS; made += 1)
    await countAsProven(access[made % access.length] ?? (await member()), String(610_000_000_000 + made));
  (await testSandbox()).faults.set([{ kind: "latency", ms: 150 }]);
  for (const clockOffBy of [HOUR, -HOUR])
    workers.push(startWorkerProcess({ concurrency: 3, leaseSeconds: 30, clockOffBy }));
  const { roundId } = await startRound(await staffMember(), new Date());
  while ((await db.auditItem.count({ where: { roundId, state: "done" } })) < CONNECTIONS) await delay(50);

  const items = await db.auditItem.findMany({ where: { roundId } });
  expect(items.map(({ attempts }) => attempts)).toEqual(items.map(() => 1));
  const ended = new Date();
  const runs = await db.verification.findMany({ where: { roundId } });
  const entries = await db.accessLogEntry.findMany();
  const times = [
    ...runs.flatMap(({ startedAt, finishedAt }) => [startedAt, finishedAt ?? startedAt]),
    ...entries.map(({ at }) => at),
    ...(await db.connectionStatusChange.findMany()).map(({ at }) => at),
    ...(await db.reminder.findMany()).map(({ createdAt }) => createdAt),
  ];
  expect(times.length).toBeGreaterThan(CONNECTIONS * 4);
  expect(times.filter((at) => at < began || at > ended)).toEqual([]);
}, 120_000);

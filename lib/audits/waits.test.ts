import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AuditScene, auditScene } from "@/dev/testing/audits";
import { member, newConnection } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import type { CarriedJob } from "@/lib/jobs/queue";
import { giveBack, takeAudits } from "./leases";

/** How long an audit waits after each attempt that failed on our side, in milliseconds; after the fifth it is given up. */
const waits = [30_000, 60_000, 120_000, 300_000];
let scene: AuditScene;
let where: { connectionId: string };

beforeAll(async () => {
  scene = await auditScene();
});
afterAll(() => scene.queue.stop());
beforeEach(async () => {
  await db.auditRound.deleteMany();
  await db.$executeRaw`DELETE FROM pgboss.job`;
  const { id: connectionId, customerId } = await newConnection(await member());
  await db.connection.update({ where: { id: connectionId }, data: { status: "active", provenAt: scene.now() } });
  await db.auditSchedule.create({ data: { connectionId, customerId, nextAuditAt: scene.now() } });
  where = { connectionId };
});

async function take(): Promise<CarriedJob[]> {
  await scene.plan();
  return takeAudits(scene.worker(), 1, scene.now());
}

/** What becomes of an attempt, five times: the waits that are written, and whether each is kept to the millisecond. */
async function fiveAttempts(fail: (worker: ReturnType<AuditScene["worker"]>) => Promise<void>): Promise<number[]> {
  const written: number[] = [];
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await scene.plan();
    await fail(scene.worker());
    const item = await db.auditItem.findFirstOrThrow({ where });
    expect(item.attempts).toBe(attempt);
    if (item.state === "skipped") break;
    const wait = item.readyAt.getTime() - scene.now().getTime();
    written.push(wait);
    scene.advance(wait - 1);
    expect(await take()).toEqual([]);
    scene.advance(1);
  }
  expect(await db.auditItem.findMany({ where })).toMatchObject([{ state: "skipped", attempts: 5, jobId: null }]);
  scene.advance(3_600_000);
  expect(await take()).toEqual([]);
  return written;
}

describe("an audit is tried again after 30 seconds, 1, 2 and 5 minutes, and then given up,", () => {
  test("where our side failed", async () => {
    const written = await fiveAttempts(async (worker) => {
      const [job] = await takeAudits(worker, 1, scene.now());
      if (!job) throw new Error("there was nothing to take");
      await giveBack(worker, job, { now: scene.now() });
    });
    expect(written).toEqual(waits);
  });

  test("where its job left the queue", async () => {
    const written = await fiveAttempts(async () => {
      await db.$executeRaw`DELETE FROM pgboss.job`;
      await scene.plan();
    });
    expect(written).toEqual(waits);
  });
});

test("an audit that was merely interrupted waits for nothing, and counts as no attempt", async () => {
  for (let times = 0; times < 7; times += 1) {
    await scene.plan();
    const worker = scene.worker();
    const [job] = await takeAudits(worker, 1, scene.now());
    if (!job) throw new Error("there was nothing to take");
    await giveBack(worker, job, { now: scene.now(), interrupted: true });
    expect(await db.auditItem.findMany({ where })).toMatchObject([
      { state: "waiting", attempts: 0, readyAt: scene.now() },
    ]);
  }
});

test("work whose worker went away is ready at once, and given up when it was lost for the fifth time", async () => {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    expect(await take()).toHaveLength(1);
    scene.advance(60_001);
  }
  await scene.plan();
  expect(await db.auditItem.findMany({ where })).toMatchObject([
    { state: "skipped", attempts: 5, finishedAt: scene.now() },
  ]);
});

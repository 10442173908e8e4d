import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db } from "@/lib/db";
import { newTurns } from "./choose-fairly";
import { takeAudits } from "./leases";
import { plan } from "./plan";
import { startRound } from "./rounds";
import { runWorker } from "./worker";

let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene();
  const access = await member();
  for (let made = 0; made < 3; made += 1) await provenConnection(access);
});
beforeEach(() => db.auditRound.deleteMany());
afterAll(() => scene.queue.stop());

const states = async () => (await db.auditItem.findMany()).map(({ state }) => state).sort();

/** A worker in which each audit waits until the test lets it go on. */
function heldWorker(drainMs?: number) {
  const stop = new AbortController();
  const errors: unknown[] = [];
  let goOn = () => {};
  let began = () => {};
  const begun = new Promise<void>((resolve) => {
    began = resolve;
  });
  const allowed = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const worker = scene.worker();
  const ended = runWorker({
    ...worker,
    queue: scene.queue,
    concurrency: 1,
    signal: stop.signal,
    drainMs,
    onError: (error) => errors.push(error),
    client: {
      async verifyIntegration(input) {
        began();
        const aborted = new Promise<never>((_, reject) => {
          input.signal?.addEventListener("abort", () => reject(new Error("aborted")));
        });
        await Promise.race([allowed, aborted]);
        return worker.client.verifyIntegration(input);
      },
    },
  });
  return { stop: () => stop.abort(), errors, goOn: () => goOn(), begun, ended };
}

test("a worker that is told to stop ends what it holds, begins nothing more, and leaves the rest to others", async () => {
  await startRound(await staffMember(), scene.now());
  const worker = heldWorker();
  await worker.begun;
  worker.stop();
  worker.goOn();
  await worker.ended;
  expect(worker.errors).toEqual([]);
  const left = await states();
  expect(left.filter((state) => state === "done")).toHaveLength(1);
  expect(left).not.toContain("running");
});

test("what does not end in time is given back before the worker goes", async () => {
  await startRound(await staffMember(), scene.now());
  const worker = heldWorker(0);
  await worker.begun;
  worker.stop();
  await worker.ended;
  const left = await states();
  expect(left).not.toContain("running");
  expect(left).not.toContain("done");
  expect(left).toContain("waiting");
  expect(await db.auditItem.count({ where: { attempts: { gt: 0 } } })).toBe(0);
});

test("work that a fault kept a worker from giving back goes to others once its lease ends", async () => {
  await startRound(await staffMember(), scene.now());
  let asked = 0;
  const clock = () => {
    asked += 1;
    return scene.now();
  };
  const stop = new AbortController();
  const errors: unknown[] = [];
  let away = false;
  const fault = () => {
    away = true;
    return Promise.reject(new Error("the database is away"));
  };
  const { take, drop } = scene.queue;
  const ended = runWorker({
    ...scene.worker(),
    clock,
    leaseMs: 300,
    queue: {
      ...scene.queue,
      drop: (...given) => (away ? fault() : drop(...given)),
      // It takes nothing more, so that what it lost is left to others.
      take: async (...given) => (away ? [] : await take(...given)),
    },
    client: { verifyIntegration: fault },
    concurrency: 1,
    signal: stop.signal,
    onError: (error) => errors.push(error),
  });
  // The audit failed, and so did giving it back.
  await eventually(() => expect(errors.length).toBeGreaterThan(1));
  const lost = await db.auditItem.findFirstOrThrow({ where: { state: "running" } });
  const other = { ...scene.worker(), queue: scene.queue };
  const taken: string[] = [];
  // It may have that in hand for a moment still, until its giving back failed.
  await eventually(async () => {
    scene.advance(1_000);
    const before = asked;
    // Meanwhile it renews what it has in hand, ten times and more.
    await eventually(() => expect(asked).toBeGreaterThan(before + 30));
    await plan({ ...other, queued: 40, turns: newTurns() }, scene.now());
    taken.push(...(await takeAudits(other, 40, scene.now())).map(({ connectionId }) => connectionId));
    expect(taken).toContain(lost.connectionId);
  });
  stop.abort();
  await ended;
  const now = await db.auditItem.findFirst({ where: { connectionId: lost.connectionId } });
  expect(now).toMatchObject({ claim: other.holder, attempts: 2 });
});

import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
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
  const clock = () => new Date();
  const stop = new AbortController();
  let away = false;
  const fault = () => {
    away = true;
    return Promise.reject(new Error("the database is away"));
  };
  const drop: typeof scene.queue.drop = (...given) => (away ? fault() : scene.queue.drop(...given));
  const ended = runWorker({
    ...scene.worker(),
    clock,
    leaseMs: 500,
    queue: { ...scene.queue, drop },
    client: { verifyIntegration: fault },
    concurrency: 1,
    signal: stop.signal,
    onError: () => {},
  });
  const lost = () => db.auditItem.findFirst({ where: { state: "running" } });
  while (!(await lost())) await delay(20);
  const { connectionId } = (await lost()) ?? {};

  const other = { ...scene.worker(), queue: scene.queue, clock };
  const taken: string[] = [];
  while (!taken.includes(connectionId ?? "")) {
    await plan({ ...other, queued: 40 }, clock());
    taken.push(...(await takeAudits(other, 1, clock())).map((job) => job.connectionId));
    await delay(20);
  }
  stop.abort();
  await ended;
  expect(await db.auditItem.findFirst({ where: { connectionId } })).toMatchObject({ claim: other.holder, attempts: 2 });
}, 30_000);

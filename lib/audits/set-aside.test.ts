import { randomUUID } from "node:crypto";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { member, staffMember } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AUDIT_QUEUE } from "@/lib/jobs/contracts";
import { purgeSetAside } from "@/lib/jobs/set-aside";
import { listSetAside } from "@/lib/jobs/set-aside-queries";
import { takeAudits } from "./leases";
import { getRound, startRound } from "./rounds";

const MINUTE = 60_000;
/** Another process that puts jobs in. */
const boss = new PgBoss({ connectionString: env.DATABASE_URL, supervise: false, schedule: false });
let scene: AuditScene;

beforeAll(async () => {
  scene = await auditScene();
  const access = await member();
  for (let made = 0; made < 3; made += 1) await provenConnection(access);
  await boss.start();
});
beforeEach(async () => {
  await db.auditRound.deleteMany();
  await db.setAsideJob.deleteMany();
  await boss.deleteAllJobs(AUDIT_QUEUE);
});
afterAll(async () => {
  await boss.stop();
  await scene.queue.stop();
});

const ids = () => ({ roundId: randomUUID(), connectionId: randomUUID(), customerId: randomUUID() });

/** A job that somebody else put in, before everything that waits. */
async function putFirst(data: object | null): Promise<void> {
  await boss.insert(AUDIT_QUEUE, [{ data, priority: 10 } as Parameters<PgBoss["insert"]>[1][number]]);
}

const setAside = async () =>
  (await listSetAside(await staffMember())).groups.map(({ queue, why, detail, jobs }) => [queue, why, detail, jobs]);

test.each<[string, object | null, string, RegExp]>([
  ["of another shape", { round: randomUUID() }, "wrong-shape", /roundId/],
  ["that is a text", "audit" as unknown as object, "wrong-shape", /object/],
  ["without data", null, "wrong-shape", /object/],
  ["of a newer version", { ...ids(), version: 2 }, "newer-version", /^2$/],
  ["of a version beyond every number", { ...ids(), version: 9e15 }, "newer-version", /^9000000000000000$/],
  ["whose version is none", { ...ids(), version: "2" }, "wrong-shape", /version/],
  ["with a field that we do not know", { ...ids(), region: "us-east-1" }, "wrong-shape", /region/],
  ["of a hundred thousand bytes", { ...ids(), more: randomUUID().repeat(3_000) }, "wrong-shape", /more/],
  ["of more than is read", { text: Array.from({ length: 3_000 }, randomUUID).join() }, "too-large", /bytes/],
])("a job %s is set aside with its reason, and the audits behind it run", async (_what, data, why, detail) => {
  await putFirst(data);
  const { roundId } = await startRound(await staffMember(), scene.now());
  expect(await scene.workOff()).toBe(3);
  await scene.plan();
  expect(await getRound(await staffMember(), roundId)).toMatchObject({ state: "finished", counts: { proven: 3 } });
  expect(await setAside()).toEqual([[AUDIT_QUEUE, why, expect.stringMatching(detail), 1]]);
  expect(await boss.findJobs(AUDIT_QUEUE)).toEqual([]);
});

test("many such jobs keep no good one waiting", async () => {
  await boss.insert(
    AUDIT_QUEUE,
    Array.from({ length: 150 }, () => ({ data: { of: "another version" }, priority: 10 })),
  );
  await startRound(await staffMember(), scene.now());
  await scene.plan();
  expect(await takeAudits(scene.worker(), 10, scene.now())).toHaveLength(3);
  expect(await setAside()).toEqual([[AUDIT_QUEUE, "wrong-shape", expect.any(String), 150]]);
});

test("what is said of it holds nothing that it held", async () => {
  const arn = "arn:aws:iam::111122223333:role/Nimbus/secret-role";
  await putFirst({ ...ids(), connectionId: arn, [arn]: arn });
  await scene.workOff();
  const [row] = await db.setAsideJob.findMany();
  expect(row?.detail).toContain("connectionId");
  expect(JSON.stringify(row)).not.toContain("secret-role");
});

test("a job that was made before jobs had versions still runs", async () => {
  await startRound(await staffMember(), scene.now());
  await scene.plan();
  await db.$executeRaw`UPDATE pgboss.job SET data = data - 'version'`;
  expect(await takeAudits(scene.worker(), 10, scene.now())).toHaveLength(3);
  expect(await setAside()).toEqual([]);
});

test("an audit whose job was set aside gets another job later, and is given up visibly in the end", async () => {
  const { roundId } = await startRound(await staffMember(), scene.now());
  const spoil = () =>
    db.$executeRaw`UPDATE pgboss.job SET data = jsonb_set(data, '{version}', '2') WHERE state < 'active'`;
  for (const minutes of [0.5, 1, 2, 5]) {
    await scene.plan();
    await spoil();
    expect(await scene.workOff()).toBe(0);
    await scene.plan();
    expect(await db.auditItem.groupBy({ by: ["state"], _count: true })).toEqual([{ state: "waiting", _count: 3 }]);
    scene.advance(minutes * MINUTE);
  }
  expect(await setAside()).toEqual([[AUDIT_QUEUE, "newer-version", "2", 12]]);
  await scene.plan();
  await spoil();
  await scene.workOff();
  await scene.plan();
  expect(await getRound(await staffMember(), roundId)).toMatchObject({ state: "finished", counts: { skipped: 3 } });
});

test("an audit whose job the queue lost is audited all the same", async () => {
  await startRound(await staffMember(), scene.now());
  await scene.plan();
  await boss.deleteAllJobs(AUDIT_QUEUE);
  expect(await scene.workOff()).toBe(0);
  scene.advance(MINUTE);
  expect(await scene.workOff()).toBe(3);
});

test("what was set aside is kept for a while and in bounded number", async () => {
  const row = (index: number) => ({
    queue: AUDIT_QUEUE,
    jobId: randomUUID(),
    why: "wrong-shape",
    detail: "",
    setAsideAt: new Date(Date.now() - 40 * 24 * 60 * MINUTE + index * MINUTE),
  });
  await db.setAsideJob.createMany({ data: Array.from({ length: 1_005 }, (_, index) => row(index)) });
  await putFirst(null);
  await scene.workOff();
  expect(await db.setAsideJob.count()).toBe(1_000);
  expect(await purgeSetAside(db, new Date())).toBe(999);
  expect(await db.setAsideJob.count()).toBe(1);
});

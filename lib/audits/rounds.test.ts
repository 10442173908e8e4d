import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { deleteStack, lengthenSessions, member, newConnection, staffMember, trustWith } from "@/dev/testing/fixtures";
import { changesBy } from "@/dev/testing/stored-rows";
import { db } from "@/lib/db";
import { giveBack, takeAudits } from "./leases";
import { listRoundFindings } from "./round-findings";
import { cancelRound, getRound, startRound } from "./rounds";
import { runAudit } from "./run-audit";

let scene: AuditScene;
beforeAll(async () => {
  scene = await auditScene({ atOncePerCustomer: 2 });
  for (const _ of [1, 2, 3]) {
    const access = await member();
    await provenConnection(access);
    await provenConnection(access);
  }
  await newConnection(await member());
});
beforeEach(() => db.auditRound.deleteMany());
afterAll(() => scene.queue.stop());

test("re-verifying all does every proven connection once, and shows how far it is", async () => {
  const staff = await staffMember();
  const { roundId } = await startRound(staff, scene.now());
  expect(await getRound(staff, roundId, scene.now())).toMatchObject({ total: 6, done: 0, secondsLeft: null });

  const worker = scene.worker();
  await scene.plan();
  for (const job of await takeAudits(worker, 3, scene.now())) {
    scene.advance(10_000);
    await runAudit(worker, job, new AbortController().signal);
  }
  expect(await getRound(staff, roundId, scene.now())).toMatchObject({
    done: 3,
    counts: { proven: 3 },
    secondsLeft: 30,
  });

  await scene.workOff();
  await scene.plan();
  expect(await getRound(staff, roundId, scene.now())).toMatchObject({ state: "finished", done: 6, secondsLeft: null });
  const runs = await db.verification.groupBy({ by: ["connectionId"], where: { roundId }, _count: true });
  expect(runs.map(({ _count }) => _count)).toEqual([1, 1, 1, 1, 1, 1]);
});

test("one such round runs at a time, and it is in the activity log", async () => {
  const staff = await staffMember();
  const { roundId } = await startRound(staff, scene.now());
  await expect(startRound(staff, scene.now())).rejects.toMatchObject({ code: "conflict" });
  const logged = await db.activityLogEntry.findMany({ where: { action: "audit-round.started" } });
  expect(logged.at(-1)).toMatchObject({
    actorType: "staff",
    actorId: staff.person.id,
    detail: { roundId, connections: 6 },
  });
});

test("a round that has ended, one by schedule and one that is none cannot be cancelled, and the one under way goes on", async () => {
  const staff = await staffMember();
  const scheduled = await db.auditRound.create({ data: { kind: "scheduled", startedAt: scene.now() } });
  const ended = await db.auditRound.create({ data: { kind: "all", state: "finished", finishedAt: scene.now() } });
  await startRound(staff, scene.now());
  const changes = await changesBy(async () => {
    for (const id of [scheduled.id, ended.id, randomUUID()])
      await expect(cancelRound(staff, id, scene.now())).rejects.toMatchObject({ code: "conflict" });
  });
  expect(changes).toEqual({ gone: [], came: [] });
});

test("a cancelled round begins nothing more, and records what was in hand", async () => {
  const staff = await staffMember();
  const { roundId } = await startRound(staff, scene.now());
  const worker = scene.worker();
  await scene.plan();
  const [inHand] = await takeAudits(worker, 1, scene.now());
  if (!inHand) throw new Error("there was nothing to take");
  await cancelRound(staff, roundId, scene.now());
  expect(await scene.workOff()).toBe(0);
  await runAudit(worker, inHand, new AbortController().signal);
  expect(await getRound(staff, roundId, scene.now())).toMatchObject({
    state: "cancelled",
    done: 6,
    counts: { proven: 1, cancelled: 5 },
  });
  await expect(cancelRound(staff, roundId, scene.now())).rejects.toMatchObject({ code: "conflict" });
});

test("what a worker held of a cancelled round, and gave back or lost, is not begun again", async () => {
  const staff = await staffMember();
  const { roundId } = await startRound(staff, scene.now());
  const worker = scene.worker();
  await scene.plan();
  const [givenBack, ...lost] = await takeAudits(worker, 2, scene.now());
  if (!givenBack || lost.length === 0) throw new Error("there was nothing to take");
  await cancelRound(staff, roundId, scene.now());
  await giveBack(worker, givenBack, { now: scene.now() });
  scene.advance(3_600_000);
  expect(await scene.workOff()).toBe(0);
  expect(await getRound(staff, roundId, scene.now())).toMatchObject({ done: 6, counts: { cancelled: 6 } });
});

test("a round names the connections to look at, worst first", async () => {
  const staff = await staffMember();
  const { connection: gone, account: one } = await provenConnection();
  const { connection: open, account: two } = await provenConnection();
  const { connection: longer, account: three } = await provenConnection();
  await startRound(staff, scene.now());
  await scene.workOff();
  await deleteStack(gone, one);
  await trustWith(open, two);
  await lengthenSessions(longer, three);
  await db.auditRound.updateMany({ where: { state: "running" }, data: { state: "finished" } });
  const { roundId } = await startRound(staff, scene.now());
  await scene.workOff();

  const found = await listRoundFindings(staff, roundId);
  expect(found.map(({ connectionId, finding }) => [connectionId, finding])).toEqual([
    [open.id, "insecure"],
    [gone.id, "failed"],
    [longer.id, "changed"],
  ]);
  expect(found[0]).toMatchObject({ status: "insecure", connectionName: open.name });
});

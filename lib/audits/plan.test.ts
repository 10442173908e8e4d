import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type AuditScene, auditScene, provenConnection } from "@/dev/testing/audits";
import { member, newConnection, reload } from "@/dev/testing/fixtures";
import { config } from "@/lib/config";
import { createCrossAccountClient, type VerificationReport } from "@/lib/crossaccount";
import { clientOptions, crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { applyReport } from "@/lib/verifications/apply-report";
import { runVerification } from "@/lib/verifications/run-verification";
import { startVerification } from "@/lib/verifications/start-verification";
import { giveBack, renewLeases, takeAudits } from "./leases";
import { runAudit } from "./run-audit";

const MINUTE = 60_000;
const scenes: AuditScene[] = [];

beforeEach(async () => {
  await db.auditRound.deleteMany();
  await db.auditSchedule.deleteMany();
});
afterAll(async () => {
  for (const { queue } of scenes) await queue.stop();
});

async function newScene(...options: Parameters<typeof auditScene>): Promise<AuditScene> {
  const scene = await auditScene(...options);
  scenes.push(scene);
  return scene;
}

/** Connections that count as proven, for tests that only plan. */
async function due(access: CustomerAccess, count: number, at: Date): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const { id, customerId } = await newConnection(access, `c${made}`);
    await db.connection.update({ where: { id }, data: { status: "active", provenAt: at } });
    await db.auditSchedule.create({ data: { connectionId: id, customerId, nextAuditAt: at } });
    ids.push(id);
  }
  return ids;
}

describe("what falls due", () => {
  test("is taken by one of many workers, each connection once", async () => {
    const scene = await newScene({ atOncePerCustomer: 10 });
    const ids = await due(await member(), 6, scene.now());
    const workers = [scene.worker(), scene.worker(), scene.worker()];
    await Promise.all([scene.plan(), scene.plan(), scene.plan()]);
    const taken = (await Promise.all(workers.map((worker) => takeAudits(worker, 4, scene.now())))).flat();
    expect(taken.map(({ connectionId }) => connectionId).sort()).toEqual(ids.sort());
  });

  test("goes in turn between customers, and no customer has more at once than allowed", async () => {
    const scene = await newScene({ atOncePerCustomer: 3 });
    const [large, small] = [await member(), await member()];
    await due(large, 12, new Date(scene.now().getTime() - 60 * MINUTE));
    await due(small, 2, scene.now());
    await scene.plan();
    const first = await takeAudits(scene.worker(), 4, scene.now());
    const of = (access: CustomerAccess) => first.filter(({ customerId }) => customerId === access.customer.id).length;
    expect([of(large), of(small)]).toEqual([2, 2]);
    await scene.plan();
    expect(await takeAudits(scene.worker(), 20, scene.now())).toHaveLength(1);
  });

  test("is left alone while its customer paused it", async () => {
    const scene = await newScene();
    const [id] = await due(await member(), 1, scene.now());
    await db.connection.update({ where: { id }, data: { status: "paused" } });
    await scene.plan();
    expect(await takeAudits(scene.worker(), 4, scene.now())).toEqual([]);
  });
});

describe("a worker that went away", () => {
  test("loses its work after its lease, not before, and records nothing any more", async () => {
    const scene = await newScene();
    const { connection } = await provenConnection();
    scene.advance(48 * 60 * MINUTE);
    await scene.plan();
    const [lost, other] = [scene.worker(), scene.worker()];
    const [job] = await takeAudits(lost, 1, scene.now());
    if (!job) throw new Error("there was nothing to take");

    scene.advance(50_000);
    await scene.plan();
    expect(await takeAudits(other, 1, scene.now())).toEqual([]);
    await renewLeases(lost, [job.jobId], scene.now());
    scene.advance(50_000);
    await scene.plan();
    expect(await takeAudits(other, 1, scene.now())).toEqual([]);

    scene.advance(20_000);
    expect(await scene.workOff(other)).toBe(1);
    await runAudit(lost, job, new AbortController().signal);
    expect(await db.verification.count({ where: { connectionId: connection.id, roundId: { not: null } } })).toBe(1);
    expect(await db.auditItem.findMany({ where: { connectionId: connection.id } })).toMatchObject([
      { state: "done", outcome: "proven", attempts: 2 },
    ]);
  });

  test("and one that is only slow never record the same work twice", async () => {
    const scene = await newScene();
    const { connection } = await provenConnection();
    scene.advance(48 * 60 * MINUTE);
    await scene.plan();
    const [slow, quick] = [scene.worker(), scene.worker()];
    const [job] = await takeAudits(slow, 1, scene.now());
    scene.advance(61_000);
    await scene.plan();
    const [again] = await takeAudits(quick, 1, scene.now());
    if (!job || !again) throw new Error("there was nothing to take");
    await Promise.all([
      runAudit(slow, job, new AbortController().signal),
      runAudit(quick, again, new AbortController().signal),
    ]);
    expect(await db.verification.count({ where: { connectionId: connection.id, roundId: { not: null } } })).toBe(1);
  });
});

test("work that fails on our side is tried again later, and given up after five attempts", async () => {
  const scene = await newScene();
  const [connectionId] = await due(await member(), 1, scene.now());
  const worker = scene.worker();
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    await scene.plan();
    const [job] = await takeAudits(worker, 1, scene.now());
    if (!job) throw new Error(`there was no attempt ${attempt}`);
    await giveBack(worker, job, { now: scene.now() });
    await scene.plan();
    expect(await takeAudits(worker, 1, scene.now())).toEqual([]);
    scene.advance(6 * MINUTE);
  }
  expect(await db.auditItem.findFirst({ where: { connectionId } })).toMatchObject({ state: "skipped", attempts: 5 });
});

test.each<[string, Partial<VerificationReport>]>([
  ["refused", { outcome: "failed", setupPermissions: "unknown" }],
  ["proven, setup permissions gone", { outcome: "proven", setupPermissions: "gone", roleId: "AROAANOTHERROLE00000" }],
])("an audit that a person's verification overtook changes nothing: %s", async (_what, found) => {
  const scene = await newScene({ brokenAfter: 1, brokenWithinMs: 0 });
  const { connection } = await provenConnection();
  scene.advance(48 * 60 * MINUTE);
  await scene.plan();
  const worker = scene.worker();
  const [job] = await takeAudits(worker, 1, scene.now());
  if (!job) throw new Error("there was nothing to take");
  const lastVerifiedAt = new Date(scene.now().getTime() + 1_000);
  const overtaken = {
    ...worker,
    client: {
      verifyIntegration: async () => {
        await db.connection.update({ where: { id: connection.id }, data: { lastVerifiedAt } });
        return {
          outcome: "failed" as const,
          setupPermissions: "unknown" as const,
          ...found,
          checks: [],
          subject: randomUUID(),
          startedAt: scene.now().toISOString(),
          finishedAt: new Date(scene.now().getTime() + 2_000).toISOString(),
        };
      },
    },
  };
  await runAudit(overtaken, job, new AbortController().signal);
  const { status, setupPermissions, setupGoneAt, roleUniqueId } = connection;
  expect(await db.connection.findUniqueOrThrow({ where: { id: connection.id } })).toMatchObject({
    ...{ status, setupPermissions, setupGoneAt, roleUniqueId },
    lastVerifiedAt,
  });
  expect(await db.receipt.count({ where: { connectionId: connection.id } })).toBe(0);
});

describe("that others may assume a role", () => {
  const insecure = (at: Date) => ({
    outcome: "insecure" as const,
    setupPermissions: "unknown" as const,
    checks: [],
    subject: randomUUID(),
    startedAt: at.toISOString(),
    finishedAt: at.toISOString(),
  });

  test("is not undone by a person's verification that began before the audit", async () => {
    const scene = await newScene();
    const { access, connection } = await provenConnection();
    const { customerId, id: connectionId, roleArnDigest, externalIdDigest, nextExternalIdDigest } = connection;
    const subject = {
      roleArnDigest,
      externalIdDigest,
      nextExternalIdDigest,
      roleDigest: connection.roleDigest ?? "none",
    };
    const input = { connectionId, expectSetup: "present" } as const;
    const { verificationId } = await startVerification(access, input, new Date());
    const report = await crossAccount.verifyIntegration({ customerId, connectionId });
    expect(report.outcome).toBe("proven");

    scene.advance(48 * 60 * MINUTE);
    await scene.workOff({
      ...scene.worker(),
      client: { verifyIntegration: async () => insecure(scene.now()) },
    });
    await applyReport({ id: verificationId, customerId, connectionId }, subject, report);
    expect(await reload(connection)).toMatchObject({ status: "insecure" });
  });

  test.each([
    ["ended meanwhile and had begun before the audit", -1_000, "insecure"],
    ["began meanwhile", 1_000, "setup"],
  ])("counts against a person's verification that %s: %i", async (_what, begunAfter, status) => {
    const scene = await newScene();
    const { access, connection } = await provenConnection();
    scene.advance(48 * 60 * MINUTE);
    await scene.workOff({
      ...scene.worker(),
      client: {
        verifyIntegration: async () => {
          const found = insecure(scene.now());
          const begun = new Date(scene.now().getTime() + begunAfter);
          const { verificationId } = await startVerification(
            access,
            { connectionId: connection.id, expectSetup: "present" },
            begun,
          );
          const client = createCrossAccountClient(config, {
            ...clientOptions,
            clock: () => new Date(begun.getTime() + 5_000),
          });
          await runVerification(verificationId, { client });
          return { ...found, finishedAt: new Date(scene.now().getTime() + 9_000).toISOString() };
        },
      },
    });
    expect(await reload(connection)).toMatchObject({ status });
  });
});

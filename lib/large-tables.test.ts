import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AuditScene, auditScene } from "@/dev/testing/audits";
import { staffMember } from "@/dev/testing/fixtures";
import { connectionOf, manyConnections, roleOf } from "@/dev/testing/many-connections";
import { plansOf, type QueryPlan } from "@/dev/testing/query-plans";
import { listAllReminders } from "@/lib/audits/reminder-queries";
import { listRoundFindings } from "@/lib/audits/round-findings";
import { cancelRound, getRound, listRounds, startRound } from "@/lib/audits/rounds";
import type { RoundView } from "@/lib/audits/schema";
import { listConnectionsForStaff } from "@/lib/connections/staff-queries";
import { db } from "@/lib/db";
import type { PersonalStaffAccess } from "@/lib/tenancy/access";

const connections = 100_000;
/** Each waits for its turn or was verified: all but those that never were. */
const watched = 99_000;
const large = ["Connection", "AuditItem", "AuditSchedule", "Reminder"];

let staff: PersonalStaffAccess;
let scene: AuditScene;
beforeAll(async () => {
  await manyConnections(connections);
  staff = await staffMember();
  scene = await auditScene();
}, 300_000);
afterAll(() => scene.queue.stop());

/** No statement reads a large table from end to end, sorts on disk or looks at more than so many pages of the thousands there are. */
function expectBounded(plans: QueryPlan[], buffers: number): void {
  expect(plans).not.toEqual([]);
  for (const plan of plans) {
    expect(
      plan.scanned.filter((table) => large.includes(table)),
      plan.sql,
    ).toEqual([]);
    expect(plan.spilled, plan.sql).toBe(0);
    expect(plan.buffers, plan.sql).toBeLessThan(buffers);
  }
}

describe("the list of 100,000 connections", () => {
  test.each<[string, Parameters<typeof listConnectionsForStaff>[1], string[], number?]>([
    ["its newest", {}, ["Connection_createdAt_id_idx"]],
    [
      "a page in its middle",
      { cursor: "2026-01-01T00:00:00.000Z_00000000-0000-4000-8000-000000000000" },
      ["Connection_createdAt_id_idx"],
    ],
    ["a status", { status: "broken" }, ["Connection_status_createdAt_idx"]],
    ["a status that none has", { status: "paused" }, ["Connection_status_createdAt_idx"]],
    ["a part of a name", { search: "tion 77776" }, ["Connection_name_search_idx"]],
    ["a word that every fourth has", { search: "production" }, ["Connection_createdAt_id_idx"]],
    ["a word that none has", { search: "no such name" }, ["Connection_name_search_idx"]],
    ["a customer's name", { search: "customer 4321" }, ["Connection_name_search_idx"]],
    ["a word that every customer has", { search: "limited" }, ["Connection_createdAt_id_idx"]],
    ["a customer's reference", { search: "tenant-1717" }, ["Connection_name_search_idx"]],
    ["two letters", { search: "pr" }, ["Connection_createdAt_id_idx"]],
    ["two letters that none has", { search: "zq" }, ["Connection_name_search_idx"]],
    ["a word and a status", { search: "production 1", status: "broken" }, ["Connection_status_createdAt_idx"]],
    ["an account", { search: "2000-0007-7777" }, ["Connection_accountId_idx"]],
    ["the first digits of an account", { search: "20000007" }, [], 1_500],
    ["a role", { search: roleOf(77_777) }, ["Connection_roleDigest_idx"]],
    ["a connection's ID", { search: connectionOf(77_777) }, []],
    ["a person", { search: "sam@vendor.test" }, ["User_email_idx"]],
  ])("is searched for %s by an index", async (_, options, indexes, most = 1_000) => {
    const plans = await plansOf(() => listConnectionsForStaff(staff, options));
    expectBounded(plans, most);
    expect(plans.flatMap((plan) => plan.indexes)).toEqual(expect.arrayContaining(indexes));
  });

  test.each<[string, string, number]>([
    ["a role's ARN", roleOf(77_777), 77_777],
    ["a connection's ID", connectionOf(77_777), 77_777],
    ["an account", "200000077777", 77_777],
  ])("finds the one with %s", async (_, search, number) => {
    const { rows } = await listConnectionsForStaff(staff, { search });
    expect(rows.map(({ id }) => id)).toEqual([connectionOf(number)]);
  });

  test("counts by status without counting", async () => {
    const { counts } = await listConnectionsForStaff(staff);
    expect(counts).toMatchObject({ broken: 1_000, pending: 1_000, active: 98_000, paused: 0 });
  });
});

describe("an audit run of all of them", () => {
  let roundId: string;
  let begun: RoundView;
  beforeAll(async () => {
    ({ roundId } = await startRound(staff, scene.now()));
    begun = await getRound(staff, roundId);
    while ((await getRound(staff, roundId)).admitting) await scene.plan();
    await settle();
  }, 300_000);

  /** As autovacuum does within the minute. */
  const settle = () => db.$executeRaw`VACUUM ANALYZE "AuditItem", "AuditRound", "AuditRoundTally"`;
  const giveBack = () =>
    db.auditItem.updateMany({ where: { state: "queued" }, data: { state: "waiting", jobId: null } });

  test("begins with some of them, and the others join it as work is planned, each once", async () => {
    expect(begun).toMatchObject({ total: 5_000, admitting: true, secondsLeft: null });
    expect(await getRound(staff, roundId)).toMatchObject({ state: "running", total: watched, admitting: false });
    expect(await db.auditItem.count({ where: { roundId } })).toBe(watched);
  });

  test("is planned without reading all that waits", async () => {
    await giveBack();
    await db.auditRound.createMany({
      data: Array.from({ length: 50 }, () => ({ kind: "scheduled", state: "cancelled" })),
    });
    expectBounded(await plansOf(() => scene.plan()), 4_000);
  }, 60_000);

  test("is planned and looked at without reading all that ended", async () => {
    await db.$executeRaw`
      UPDATE "AuditItem" SET "state" = 'done',
        "outcome" = CASE WHEN "customerId" < '55555555-0000-0000-0000-000000000000' THEN 'failed' ELSE 'proven' END
      WHERE "connectionId" < 'eeeeeeee-0000-0000-0000-000000000000'`;
    await settle();
    expectBounded(await plansOf(() => scene.plan()), 4_000);
    for (const view of [
      () => listRounds(staff),
      () => getRound(staff, roundId),
      () => listRoundFindings(staff, roundId),
      () => listAllReminders(staff),
    ])
      expectBounded(await plansOf(view), 1_000);
    const { counts, done, total } = await getRound(staff, roundId);
    const counted = await db.auditItem.groupBy({ by: ["outcome"], where: { roundId }, _count: true });
    const numberOf = (name: string) => counted.find(({ outcome }) => outcome === name)?._count;
    expect(counts).toMatchObject({ proven: numberOf("proven"), failed: numberOf("failed") });
    expect({ done, total }).toEqual({ done: counts.proven + counts.failed, total: watched });
  }, 120_000);

  test("is cancelled at once, and its items some thousands at a time", async () => {
    const left = await db.auditItem.count({ where: { roundId, state: { in: ["waiting", "queued"] } } });
    await cancelRound(staff, roundId, scene.now());
    expect((await getRound(staff, roundId)).counts.cancelled).toBe(5_000);
    await giveBack();
    await scene.plan();
    expect((await getRound(staff, roundId)).counts.cancelled).toBe(left);
    expect(await db.auditItem.count({ where: { state: "queued" } })).toBe(0);
  }, 60_000);
});

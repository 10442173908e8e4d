import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { logEntry } from "@/dev/testing/access-log";
import { type AuditScene, auditScene, provenConnection, verifyAsPerson } from "@/dev/testing/audits";
import { dropSetup, member, newConnection, signInAs } from "@/dev/testing/fixtures";
import { setDatabaseZone } from "@/dev/testing/time-zone";
import { exportAccessLog } from "@/lib/access-log/export-access-log";
import { createAccessLog } from "@/lib/access-log/prisma-access-log";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { usageOf } from "@/lib/access-log/usage";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { reserve } from "@/lib/audits/call-budget";
import { takeAudits } from "@/lib/audits/leases";
import { createSession, findSession, sessionIdleSeconds } from "@/lib/auth/sessions";
import { readReceipt } from "@/lib/connections/receipts";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";
import { defaultZone } from "@/lib/postgres";
import { takeFromOwnLimit } from "./rate-limits";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Around the hours that summer time skips and doubles in New York and Berlin, as wall clocks there and as UTC. */
const changesOfTheClock = [
  ...["2026-03-08T02:30:00.000Z", "2026-03-08T07:00:00.001Z", "2026-11-01T01:30:00.000Z", "2026-11-01T06:30:00.000Z"],
  ...["2026-03-29T01:00:00.000Z", "2026-03-29T02:30:00.000Z", "2026-10-25T02:30:00.000Z", "2026-10-25T01:00:00.000Z"],
].map((text) => new Date(text));

describe.each([
  { zone: "America/New_York", set: "database" },
  { zone: "Europe/Berlin", set: "role" },
  { zone: "Asia/Tokyo", set: "database" },
] as const)("where the $set's zone, and the process's, is $zone", ({ zone, set }) => {
  const scenes: AuditScene[] = [];

  beforeAll(async () => {
    vi.stubEnv("TZ", zone);
    await setDatabaseZone(zone, set);
  });
  afterAll(async () => {
    for (const { queue } of scenes) await queue.stop();
    await setDatabaseZone(null, set);
    vi.unstubAllEnvs();
  });

  /** As PostgreSQL keeps it, whatever the session's zone. */
  async function kept(table: string, column: string, where: string): Promise<number[]> {
    const rows = await db.$queryRawUnsafe<{ ms: number }[]>(
      `SELECT (extract(epoch FROM "${column}") * 1000)::float8 AS ms FROM "${table}" WHERE ${where} ORDER BY 1`,
    );
    return rows.map(({ ms }) => ms);
  }

  test("this process, and a session that nobody told otherwise, have another zone than UTC", async () => {
    expect(new Date(0).getHours()).not.toBe(0);
    expect(await defaultZone(env.DATABASE_URL)).toBe(zone);
  });

  test("each entry of the access log is kept and read as the instant that was signed, and the next one is written", async () => {
    const owner = { customerId: randomUUID(), connectionId: randomUUID() };
    const heads = changesOfTheClock.values();
    const log = createAccessLog({ ...accessLogDependencies, clock: () => heads.next().value ?? new Date() });
    for (const at of changesOfTheClock)
      await log.record(logEntry({ ...owner, at, expiresAt: new Date(at.getTime() + HOUR) }));
    await log.record(logEntry({ ...owner, at: new Date() }));

    const { findings } = await verifyAccessLog(accessLogDependencies);
    // Connections of other tests are proven without a log of their own.
    const about = findings.filter(({ connectionId }) => connectionId === null || connectionId === owner.connectionId);
    expect(about).toEqual([]);
    const rows = await db.accessLogEntry.findMany({ where: owner, orderBy: { sequence: "asc" } });
    expect(rows.slice(0, -1).map(({ at }) => at)).toEqual(changesOfTheClock);
    const instants = changesOfTheClock.map((at) => at.getTime()).sort((a, b) => a - b);
    const mine = `"connectionId" = '${owner.connectionId}'`;
    expect((await kept("AccessLogEntry", "at", mine)).slice(0, -1)).toEqual(instants);
    expect((await kept("AccessLogEntry", "expiresAt", `${mine} AND sequence <= 8`)).map((ms) => ms - HOUR)).toEqual(
      instants,
    );
  });

  test.each([
    ["2026-03-08T23:59:59.999Z", "2026-03-09T00:00:00.000Z"],
    ["2026-10-25T23:59:59.999Z", "2026-10-26T00:00:00.000Z"],
  ])("use is counted by day, filtered, exported and pruned in UTC: %s", async (last, first) => {
    const access = await member();
    const { id: connectionId, customerId } = await newConnection(access);
    const log = createAccessLog(accessLogDependencies);
    for (const at of [last, first]) await log.record(logEntry({ connectionId, customerId, at: new Date(at) }));

    const { days } = await usageOf({ connectionId, customerId }, new Date(first));
    expect(days.slice(-2)).toMatchObject([
      { day: last.slice(0, 10), allowed: 1 },
      { day: first.slice(0, 10), allowed: 1 },
    ]);
    const day = { format: "json", from: last.slice(0, 10), to: last.slice(0, 10) };
    const { body } = await exportAccessLog(access, connectionId, day);
    expect(await new Response(body).json()).toMatchObject([{ time: last }]);

    const clock = () => new Date(new Date(first).getTime() + 24 * HOUR);
    await pruneAccessLog({ ...accessLogDependencies, clock }, { retentionDays: 1 });
    const left = await db.accessLogEntry.findMany({ where: { connectionId } });
    expect(left.map(({ at }) => at.toISOString())).toEqual([first]);
  });

  test("a session ends when it is twelve hours old, and an invitation when it is seven days old", async () => {
    const { id: userId } = await signInAs({});
    const kim = await signInAs({ email: `${randomUUID()}@newcomer.test` });
    for (const now of changesOfTheClock) {
      const token = randomUUID();
      const { id } = await createSession(db, { token, userId, now });
      const end = now.getTime() + sessionIdleSeconds * 1_000;
      expect(await kept("Session", "expiresAt", `id = '${id}'`)).toEqual([end]);
      expect(await findSession(db, token, new Date(end))).toBeNull();
      expect(await findSession(db, token, new Date(end - 1))).not.toBeNull();

      const invite = async () =>
        (await invitePerson(await member(), { email: kim.email ?? "", role: "viewer" }, now)).token;
      const week = now.getTime() + 7 * 24 * HOUR;
      await expect(acceptInvitation(kim, await invite(), new Date(week))).rejects.toMatchObject({});
      await expect(acceptInvitation(kim, await invite(), new Date(week - 1))).resolves.toBeDefined();
    }
  });

  test("an audit is due at its time, and a job of the queue is taken at once", async () => {
    for (const at of changesOfTheClock) {
      await db.auditRound.deleteMany();
      await db.auditSchedule.deleteMany();
      const { id: connectionId, customerId } = await newConnection(await member());
      await db.connection.update({ where: { id: connectionId }, data: { status: "active", provenAt: at } });
      await db.auditSchedule.create({ data: { connectionId, customerId, nextAuditAt: at } });
      const scene = await auditScene({}, new Date(at.getTime() - 1));
      scenes.push(scene);

      await scene.plan();
      expect(await db.auditItem.count()).toBe(0);
      scene.advance(1);
      await scene.plan();
      const [taken] = await takeAudits(scene.worker(), 1, scene.now());
      expect(taken?.connectionId).toBe(connectionId);
      expect(await kept("AuditItem", "leaseUntil", "true")).toEqual([at.getTime() + MINUTE]);
    }
  });

  test("a receipt is dated by the instant of its proof", async () => {
    const access = await member();
    const { connection, account } = await provenConnection(access);
    await dropSetup(connection, account);
    const before = Date.now();
    await verifyAsPerson(access, connection, { expectSetup: "gone" });
    const receipt = JSON.parse((await readReceipt(access, connection.id, { kind: "setup" })).text) as {
      proven_at: string;
    };
    const [stored] = await kept("Receipt", "at", `"connectionId" = '${connection.id}'`);
    expect(new Date(receipt.proven_at).getTime()).toBe(stored);
    expect(stored).toBeGreaterThanOrEqual(before);
    expect(stored).toBeLessThanOrEqual(Date.now());
  });

  test("what the database dates itself agrees with what we date", async () => {
    const { customer } = await member();
    const [made = 0] = await kept("Customer", "createdAt", `id = '${customer.id}'`);
    const [{ now } = { now: 0 }] = await db.$queryRaw<{ now: number }[]>`
      SELECT (extract(epoch FROM now()) * 1000)::float8 AS now`;
    expect(Math.abs(now - made)).toBeLessThan(MINUTE);
    const budget = { database: db, name: randomUUID(), callsPerSecond: 1 };
    await reserve(budget, 10);
    expect(await reserve(budget, 1)).toBeGreaterThan(0);
    expect(await reserve(budget, 1)).toBeLessThan(MINUTE);
  });

  test("a bound on calls ends when its time is over, and not hours later or earlier", async () => {
    const customerId = randomUUID();
    for (let count = 0; count < 60; count += 1) await takeFromOwnLimit("nameRole", customerId);
    await expect(takeFromOwnLimit("nameRole", customerId)).rejects.toMatchObject({ code: "rate-limited" });
    await db.rateLimiterFlexible.updateMany({
      where: { key: `name-role:${customerId}` },
      data: { expire: new Date(Date.now() - MINUTE) },
    });
    await expect(takeFromOwnLimit("nameRole", customerId)).resolves.toBeUndefined();
  });
});

import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { asDatabaseOwner, logEntry, writeLog } from "@/dev/testing/access-log";
import { asEarlierVersion } from "@/dev/testing/earlier-version";
import { db } from "@/lib/db";
import { describeReport } from "./describe-report";
import { mendTimes } from "./mend-times";
import { createAccessLog } from "./prisma-access-log";
import { pruneAccessLog } from "./prune-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

/** As a session in UTC-05:00 would have stored it. */
const later = `at = at + interval '5 hours', "expiresAt" = "expiresAt" + interval '5 hours'`;
const HOUR = 60 * 60_000;
let owner: { customerId: string; connectionId: string };

beforeEach(async () => {
  await asDatabaseOwner(
    ...["AccessLogEntry", "AccessLogHead", "AccessLogRegister"].map((table) => `DELETE FROM "${table}"`),
  );
  owner = { customerId: randomUUID(), connectionId: randomUUID() };
});

/** Every half hour of a day around a change of the clock. */
async function writtenIn(zone: string, change: string): Promise<Date[]> {
  const begin = new Date(change).getTime() - 8 * HOUR;
  const times = Array.from({ length: 48 }, (_, index) => new Date(begin + index * (HOUR / 2)));
  await asEarlierVersion(zone, async (database) => {
    for (const at of times) {
      const log = createAccessLog({ ...accessLogDependencies, database, clock: () => at });
      await log.record(logEntry({ ...owner, at, expiresAt: new Date(at.getTime() + HOUR) }));
    }
  });
  return times;
}

const verify = () => verifyAccessLog(accessLogDependencies);
const stored = () => db.accessLogEntry.findMany({ where: owner, orderBy: { sequence: "asc" } });

describe.each([
  ["America/New_York", "2026-03-08T00:00:00.000Z"],
  ["America/New_York", "2026-11-01T00:00:00.000Z"],
  ["Europe/Berlin", "2026-03-29T00:00:00.000Z"],
  ["Europe/Berlin", "2026-10-25T00:00:00.000Z"],
  ["Asia/Tokyo", "2026-03-08T00:00:00.000Z"],
  ["Australia/Lord_Howe", "2026-10-04T00:00:00.000Z"],
  ["Asia/Kathmandu", "2026-03-08T00:00:00.000Z"],
])("a log that an earlier version wrote in %s around %s", (zone, change) => {
  test("goes on to be written, is not called tampered, and is mended to the instants that were signed", async () => {
    const times = await writtenIn(zone, change);
    expect((await stored()).map(({ at }) => at)).not.toEqual(times);

    await writeLog(owner, 1, { from: new Date() });
    const before = await verify();
    expect(new Set(before.findings.map(({ kind }) => kind))).toEqual(new Set(["time-shifted"]));
    expect(describeReport(before)).toMatch(/nothing changed but times.*--mend-times.*too (late|early)/s);

    expect(await mendTimes(accessLogDependencies)).toBeGreaterThan(0);
    expect((await verify()).findings).toEqual([]);
    const rows = (await stored()).slice(0, -1);
    expect(rows.map(({ at }) => at)).toEqual(times);
    expect(rows.map(({ expiresAt }) => expiresAt)).toEqual(times.map((at) => new Date(at.getTime() + HOUR)));
    expect(await mendTimes(accessLogDependencies)).toBe(0);
    await writeLog(owner, 1, { from: new Date() });
    expect((await verify()).findings).toEqual([]);
  });
});

test("the report names the session's distance from UTC, before and after the change of the clock", async () => {
  await writtenIn("America/New_York", "2026-11-01T00:00:00.000Z");
  expect(describeReport(await verify())).toMatch(/4:00 h too late.*UTC-04:00.*\n.*5:00 h too late.*UTC-05:00/);
});

test("one whose time somebody moved by hours is not said to be unchanged", async () => {
  await writeLog(owner, 3);
  await asDatabaseOwner(`UPDATE "AccessLogEntry" SET ${later} WHERE sequence = 2`);
  const report = describeReport(await verify());
  expect(report).not.toContain("Nothing was changed");
  expect(report).toMatch(/or by someone who can write to it.*entry 2: time-shifted.*5:00 h too late/s);
});

test("entries whose times are off are pruned when they are old", async () => {
  await writtenIn("America/New_York", "2026-03-08T00:00:00.000Z");
  const pruned = await pruneAccessLog(accessLogDependencies, { retentionDays: 30 });
  expect(pruned).toEqual({ entries: 48, tampered: [] });
});

test("a head whose time alone is off is said so, and mended", async () => {
  await writeLog(owner, 2);
  await asDatabaseOwner(`UPDATE "AccessLogHead" SET at = at + interval '9 hours'`);
  expect((await verify()).findings).toMatchObject([{ kind: "head-shifted" }]);
  await mendTimes(accessLogDependencies);
  expect((await verify()).findings).toEqual([]);
});

describe("somebody with every right in the database", () => {
  test.each([
    ["the time by minutes", `at = at + interval '7 minutes'`, "entry-changed"],
    ["the time by days", `at = at + interval '1 day'`, "entry-changed"],
    ["the end of the session alone by hours", `"expiresAt" = "expiresAt" + interval '3 hours'`, "entry-changed"],
    ["both times and something else", `${later}, purpose = 'x'`, "entry-changed"],
    ["the time alone by hours", `at = at + interval '5 hours'`, "entry-changed"],
    ["both times as a zone would", later, "time-shifted"],
  ])("who moves %s is found out", async (_what, set, kind) => {
    await writeLog(owner, 3);
    await asDatabaseOwner(`UPDATE "AccessLogEntry" SET ${set} WHERE sequence = 2`);
    expect((await verify()).findings).toMatchObject([{ kind, from: 2, to: 2 }]);
  });

  test("gets nothing covered up by a mending of times", async () => {
    await writeLog(owner, 4);
    await asDatabaseOwner(
      `UPDATE "AccessLogEntry" SET ${later}, purpose = 'x' WHERE sequence = 2`,
      `UPDATE "AccessLogEntry" SET ${later} WHERE sequence = 3`,
    );
    expect(await mendTimes(accessLogDependencies)).toBe(1);
    expect((await verify()).findings).toMatchObject([{ kind: "entry-changed", from: 2, to: 2 }]);
  });

  test("is still stopped by the trigger after a mending", async () => {
    await writeLog(owner, 2);
    await asDatabaseOwner(`UPDATE "AccessLogEntry" SET ${later}`);
    expect(await mendTimes(accessLogDependencies)).toBe(2);
    await expect(db.$executeRaw`UPDATE "AccessLogEntry" SET at = now()`).rejects.toThrow(/append-only/);
  });
});

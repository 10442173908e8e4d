import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { asDatabaseOwner, logEntry, writeLog } from "@/dev/testing/access-log";
import { asEarlierVersion } from "@/dev/testing/earlier-version";
import { setDatabaseZone } from "@/dev/testing/time-zone";
import { mendTimes } from "@/lib/access-log/mend-times";
import { createAccessLog } from "@/lib/access-log/prisma-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { PrismaClient } from "@/lib/generated/prisma/client";
import { migrate } from "@/prisma/apply-migrations";

const migration = "20261126110000_times_are_instants";
/** So long that what begins at one of these times does not end in a skipped hour either. */
const life = 3 * 60 * 60_000;
/** Winter and summer, and the hours around the change in New York and Berlin but the one that is skipped. */
const times = [
  "2026-01-15T12:00:00.123Z",
  "2026-03-08T01:59:59.999Z",
  "2026-03-08T04:00:00.000Z",
  "2026-07-01T00:30:00.000Z",
]
  .concat([
    "2026-10-25T01:30:00.000Z",
    "2026-10-25T02:30:00.000Z",
    "2026-11-01T01:30:00.000Z",
    "2026-11-01T02:30:00.000Z",
  ])
  .map((text) => new Date(text));
const owner = { customerId: randomUUID(), connectionId: randomUUID() };

beforeEach(async () => {
  await db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = ${migration}`;
  await db.user.deleteMany();
  await db.customer.deleteMany();
  await asDatabaseOwner(
    ...["AccessLogEntry", "AccessLogHead", "AccessLogRegister"].map((table) => `DELETE FROM "${table}"`),
  );
});
afterEach(() => setDatabaseZone(null));

/** Earlier versions dated a row themselves, by the session's zone. */
const dated = () => ({ createdAt: new Date() });

/** People with a session for each time, and a log. */
async function fill(database: PrismaClient, moments: readonly Date[] = times): Promise<void> {
  await database.customer.create({ data: { reference: randomUUID(), name: "Acme", ...dated() } });
  for (const at of moments) {
    const person = { issuer: "https://id.test", subject: randomUUID(), name: "Kim", groups: [] };
    const who = { ...person, lastSignInAt: at, ...dated() };
    const sessions = { create: { tokenDigest: randomUUID(), createdAt: at, expiresAt: new Date(at.getTime() + life) } };
    await database.user.create({ data: { ...who, sessions } });
    const log = createAccessLog({ ...accessLogDependencies, database, clock: () => at });
    await log.record(logEntry({ ...owner, at, expiresAt: new Date(at.getTime() + life) }));
  }
}

async function read(): Promise<Date[][]> {
  const sessions = await db.session.findMany({ orderBy: { id: "asc" } });
  const users = await db.user.findMany({ orderBy: { id: "asc" } });
  const entries = await db.accessLogEntry.findMany({ orderBy: { sequence: "asc" } });
  return [
    sessions.map(({ createdAt }) => createdAt),
    sessions.map(({ expiresAt }) => new Date(expiresAt.getTime() - life)),
    users.map(({ lastSignInAt }) => lastSignInAt),
    entries.map(({ at }) => at),
  ];
}

const all = (moments: readonly Date[]) => Array.from({ length: 4 }, () => moments);
const findings = async () => (await verifyAccessLog(accessLogDependencies)).findings;

describe.each(["America/New_York", "Europe/Berlin", "Asia/Tokyo"])(
  "an upgrade where the database's zone is %s",
  (zone) => {
    test("puts every time right that an earlier version wrote, and leaves the log as it was signed", async () => {
      await setDatabaseZone(zone);
      await asEarlierVersion(zone, fill);
      expect(await read()).not.toEqual(all(times));

      expect(await migrate(env.DATABASE_URL)).toEqual([migration]);
      expect(await read()).toEqual(all(times));
      expect(await findings()).toEqual([]);
      await expect(db.$executeRaw`UPDATE "AccessLogEntry" SET at = now()`).rejects.toThrow(/append-only/);

      expect(await migrate(env.DATABASE_URL)).toEqual([]);
      expect(await read()).toEqual(all(times));
    });

    test("changes nothing where an address that asks for UTC made the times right already", async () => {
      await setDatabaseZone(zone);
      await fill(db);
      await migrate(env.DATABASE_URL);
      expect(await read()).toEqual(all(times));
    });
  },
);

test("the log's times of the hour that summer time skips are an hour late after the upgrade, and are mended", async () => {
  const skipped = ["2026-03-08T02:00:00.000Z", "2026-03-08T02:59:59.999Z"].map((text) => new Date(text));
  await setDatabaseZone("America/New_York");
  await asEarlierVersion("America/New_York", (database) => fill(database, skipped));
  await migrate(env.DATABASE_URL);
  expect(await findings()).toMatchObject([{ kind: "head-shifted" }, { kind: "time-shifted", offByMinutes: 60 }]);
  await writeLog(owner, 1, { from: new Date() });
  await mendTimes(accessLogDependencies);
  expect(await findings()).toEqual([]);
  expect((await read())[3]?.slice(0, 2)).toEqual(skipped);
});

test("a database in UTC is left alone", async () => {
  await fill(db);
  await migrate(env.DATABASE_URL);
  expect(await read()).toEqual(all(times));
});

describe("where the database's zone is not the one in which the times were written", () => {
  test("the upgrade stops, says so and changes nothing, until it is told the zone", async () => {
    await asEarlierVersion("America/New_York", fill);
    const before = await read();
    await expect(migrate(env.DATABASE_URL)).rejects.toThrow(
      /not all stored in the time zone UTC \(0 of 9 .*\n.*--times-written-in ZONE/s,
    );
    await expect(migrate(env.DATABASE_URL, { timesWrittenIn: "Europe/Berlin" })).rejects.toThrow(
      /Europe\/Berlin \(0 of 9/,
    );
    expect(await read()).toEqual(before);
    await migrate(env.DATABASE_URL, { timesWrittenIn: "America/New_York" });
    expect(await read()).toEqual(all(times));
  });

  test("times of several zones are not put right by one, but may stay, and the log is mended by itself", async () => {
    await asEarlierVersion("America/New_York", fill);
    await db.customer.create({ data: { reference: randomUUID(), name: "Since then" } });
    const before = await read();
    await expect(migrate(env.DATABASE_URL, { timesWrittenIn: "America/New_York" })).rejects.toThrow(/9 of 10/);
    await migrate(env.DATABASE_URL, { timesWrittenIn: "UTC" });
    expect(await read()).toEqual(before);
    await mendTimes(accessLogDependencies);
    expect((await read())[3]).toEqual(times);
    expect(await findings()).toEqual([]);
  });
});

import { afterEach, expect, test } from "vitest";
import { member, newConnection, reload } from "@/dev/testing/fixtures";
import { connect, type Database, db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Connection } from "@/lib/generated/prisma/client";
import { hold } from "./holds";
import { countByStatus, foldConnectionTally } from "./tally";

const at = new Date("2026-11-26T12:00:00Z");

/** As a reader who counts every row would have it. */
async function counted(): Promise<Record<string, number>> {
  const groups = await db.connection.groupBy({ by: ["status"], _count: true });
  return Object.fromEntries(groups.map(({ status, _count }) => [status, _count]));
}

async function expectTrue(): Promise<void> {
  const kept = await countByStatus(db);
  expect(Object.fromEntries(Object.entries(kept).filter(([, count]) => count !== 0))).toEqual(await counted());
}

const pause = (database: Database, { id, customerId }: Connection) =>
  hold(database, { customerId, connectionId: id }, { by: "staff", actor: { type: "system", id: "test" }, at });

afterEach(expectTrue);

test("connections are counted as they are made, change and go, by whoever does it", async () => {
  const access = await member();
  const [one, other, third] = [await newConnection(access), await newConnection(access), await newConnection(access)];
  await expectTrue();
  await db.$transaction((transaction) => pause(transaction, one));
  expect(await countByStatus(db)).toMatchObject({ pending: 2, paused: 1 });
  await db.connection.updateMany({ data: { status: "broken" } });
  expect(await countByStatus(db)).toMatchObject({ pending: 0, paused: 0, broken: 3 });
  await db.$executeRaw`DELETE FROM "Connection" WHERE "id" IN (${other.id}::uuid, ${third.id}::uuid)`;
  expect(await countByStatus(db)).toMatchObject({ broken: 1 });
});

test("a table that is emptied has none", async () => {
  await newConnection(await member());
  await db.$executeRaw`TRUNCATE "Connection" CASCADE`;
  expect(Object.values(await countByStatus(db))).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test("what is rolled back is not counted", async () => {
  const connection = await newConnection(await member());
  const undone = db.$transaction(async (transaction) => {
    await pause(transaction, connection);
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  expect((await reload(connection)).status).toBe("pending");
});

test("two connections change at the same time without one waiting for the other", async () => {
  const [one, other] = [await newConnection(await member()), await newConnection(await member())];
  const second = connect({ connectionString: env.DATABASE_URL });
  await db.$transaction(async (transaction) => {
    await pause(transaction, one);
    // It would wait for the end of this transaction, were there one row to write.
    await second.$transaction((concurrent) => pause(concurrent, other));
    expect((await reload(other)).status).toBe("paused");
  });
  await second.$disconnect();
});

test("its rows are put together once there are many, with the same sums", async () => {
  const connection = await newConnection(await member());
  for (let change = 0; change < 6; change += 1)
    await db.connection.update({
      where: { id: connection.id },
      data: { status: change % 2 ? "active" : "degraded" },
    });
  const before = await countByStatus(db);
  const rows = await db.connectionTally.count();
  await foldConnectionTally(db, rows);
  expect(await db.connectionTally.count()).toBe(rows);
  await foldConnectionTally(db, rows - 1);
  expect(await db.connectionTally.count()).toBe(Object.values(before).filter((count) => count !== 0).length);
  expect(await countByStatus(db)).toEqual(before);
});

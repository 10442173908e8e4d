import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { asDatabaseOwner, logEntry, writeLog } from "@/dev/testing/access-log";
import { db } from "@/lib/db";
import { createAccessLog } from "./prisma-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

const newOwner = () => ({ customerId: randomUUID(), connectionId: randomUUID() });
const entriesOf = (connectionId: string) =>
  db.accessLogEntry.findMany({ where: { connectionId }, orderBy: { sequence: "asc" } });

describe("writing", () => {
  test("keeps all that is known of an assumption", async () => {
    const entry = logEntry({
      outcome: "refused",
      errorCode: "AccessDenied",
      probe: true,
      actor: { type: "api-key", id: "k1" },
    });
    await createAccessLog(accessLogDependencies).record(entry);
    const { actor, ...rest } = entry;
    expect(await entriesOf(entry.connectionId)).toEqual([
      expect.objectContaining({ ...rest, actorType: actor.type, actorId: actor.id, sequence: 1 }),
    ]);
  });

  test("numbers 50 entries of one connection that two processes write at once, without a gap", async () => {
    const owner = newOwner();
    const processes = [createAccessLog(accessLogDependencies), createAccessLog(accessLogDependencies)];
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => processes[index % 2]?.record(logEntry({ ...owner, latencyMs: index }))),
    );
    const entries = await entriesOf(owner.connectionId);
    expect(entries.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(entries.map(({ latencyMs }) => latencyMs)).size).toBe(50);
    expect((await verifyAccessLog(accessLogDependencies)).findings).toEqual([]);
  });

  test("gives each of 30 connections that begin at once a place in the register", async () => {
    const before = await db.accessLogHead.count();
    const log = createAccessLog(accessLogDependencies);
    await Promise.all(Array.from({ length: 30 }, () => log.record(logEntry())));
    expect(await db.accessLogRegister.findUnique({ where: { id: 1 } })).toMatchObject({ heads: before + 30 });
    expect((await verifyAccessLog(accessLogDependencies)).findings).toEqual([]);
  });

  test("keeps text that PostgreSQL cannot, in a form that verifies", async () => {
    const entry = logEntry({ purpose: "half \ud83d and nul \0 é漢" });
    await createAccessLog(accessLogDependencies).record(entry);
    expect((await entriesOf(entry.connectionId))[0]?.purpose).toBe("half \ufffd and nul \ufffd é漢");
    expect((await verifyAccessLog(accessLogDependencies)).findings).toEqual([]);
  });

  test("exports each new head", async () => {
    const owner = newOwner();
    const checkpoints = await writeLog(owner, 3);
    expect(checkpoints.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(checkpoints[2]).toEqual(await db.accessLogHead.findUnique({ where: { connectionId: owner.connectionId } }));
  });
});

describe("a log that is not ours any more takes no entry, so no credentials are handed out", () => {
  test.each([
    ["its head was changed", (id: string) => `UPDATE "AccessLogHead" SET sequence = 1 WHERE "connectionId" = '${id}'`],
    ["its head was removed", (id: string) => `DELETE FROM "AccessLogHead" WHERE "connectionId" = '${id}'`],
  ])("when %s", async (_what, attack) => {
    const owner = newOwner();
    await writeLog(owner, 2);
    await asDatabaseOwner(attack(owner.connectionId));
    await expect(writeLog(owner, 1)).rejects.toThrow();
    expect(await entriesOf(owner.connectionId)).toHaveLength(2);
  });
});

describe("the database itself refuses", () => {
  const refused = (sql: string) => expect(db.$executeRawUnsafe(sql)).rejects.toThrow(/append-only|goes forward/);

  test("to change, remove or empty what was written", async () => {
    const owner = newOwner();
    await writeLog(owner, 2);
    const of = `WHERE "connectionId" = '${owner.connectionId}'`;
    const before = await entriesOf(owner.connectionId);
    await refused(`UPDATE "AccessLogEntry" SET purpose = 'nothing' ${of}`);
    await refused(`DELETE FROM "AccessLogEntry" ${of}`);
    await refused(`TRUNCATE "AccessLogEntry"`);
    await refused(`DELETE FROM "AccessLogHead" ${of}`);
    await refused(`TRUNCATE "AccessLogHead"`);
    await refused(`UPDATE "AccessLogHead" SET sequence = 1 ${of}`);
    await refused(`UPDATE "AccessLogHead" SET "prunedThrough" = 9 ${of}`);
    await refused(`DELETE FROM "AccessLogRegister"`);
    await refused(`UPDATE "AccessLogRegister" SET heads = 0`);
    expect(await entriesOf(owner.connectionId)).toEqual(before);
  });
});

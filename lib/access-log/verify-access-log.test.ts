import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { asDatabaseOwner, checkpointLines, logEntry, writeLog } from "@/dev/testing/access-log";
import { db } from "@/lib/db";
import { type Checkpoint, signCheckpoint, signEntry } from "./chain";
import type { LogFinding } from "./finding";
import { createKeyRing } from "./key-ring";
import { createAccessLog } from "./prisma-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

let owner: { customerId: string; connectionId: string };
let exported: Checkpoint[];

beforeEach(async () => {
  owner = { customerId: randomUUID(), connectionId: randomUUID() };
  exported = await writeLog(owner, 6);
});

async function findings(checkpoints: Checkpoint[] = []): Promise<Omit<LogFinding, "connectionId">[]> {
  const report = await verifyAccessLog(accessLogDependencies, { checkpoints: checkpointLines(checkpoints) });
  return report.findings
    .filter(({ connectionId }) => connectionId === owner.connectionId)
    .map(({ connectionId, ...rest }) => rest);
}

const entry = (sequence: number) =>
  `"AccessLogEntry" WHERE "connectionId" = '${owner.connectionId}' AND sequence = ${sequence}`;
const change = (sequence: number, what: string) => `UPDATE ${entry(sequence).replace(" WHERE", ` SET ${what} WHERE`)}`;
const remove = (sequence: number) => `DELETE FROM ${entry(sequence)}`;
const changeHead = (what: string) =>
  `UPDATE "AccessLogHead" SET ${what} WHERE "connectionId" = '${owner.connectionId}'`;

test("an untouched log verifies, alone and against what was exported", async () => {
  const report = await verifyAccessLog(accessLogDependencies, { checkpoints: checkpointLines(exported) });
  expect(await findings(exported)).toEqual([]);
  expect(report).toMatchObject({ checkpoints: 6, entries: await db.accessLogEntry.count() });
});

describe("somebody with every right in the database, but without the key, is seen when they", () => {
  test.each([
    ["the customer", `"customerId" = gen_random_uuid()`],
    ["the actor", `"actorId" = 'somebody-else'`],
    ["the kind of actor", `"actorType" = 'customer'`],
    ["the purpose", `purpose = 'maintenance'`],
    ["the session name", `"sessionName" = 'other'`],
    ["the region", `region = 'eu-west-1'`],
    ["the outcome", `outcome = 'refused'`],
    ["the error code", `"errorCode" = 'AccessDenied'`],
    ["the request ID", `"requestId" = NULL`],
    ["the latency", `"latencyMs" = 0`],
    ["whether it was a probe", `probe = true`],
    ["the expiry", `"expiresAt" = NULL`],
    ["the time", `at = at + interval '1 millisecond'`],
    ["the row's id", `id = gen_random_uuid()`],
  ])("rewrite %s", async (_what, set) => {
    await asDatabaseOwner(change(3, set));
    expect(await findings()).toEqual([{ kind: "entry-changed", from: 3, to: 3 }]);
  });

  test("rewrite an entry and compute its hash by a key of their own", async () => {
    const forger = createKeyRing([{ id: "test", key: Buffer.alloc(32, 7) }]);
    const rows = await db.accessLogEntry.findMany({ where: owner, orderBy: { sequence: "asc" } });
    const [, second, third] = rows;
    if (!second || !third) throw new Error("the log has fewer entries than were written");
    const forged = signEntry(forger, { ...third, purpose: "maintenance" }, second.mac);
    await asDatabaseOwner(change(3, `purpose = 'maintenance', "keyId" = '${forged.keyId}', mac = '${forged.mac}'`));
    expect(await findings()).toEqual([{ kind: "entry-changed", from: 3, to: 4 }]);
  });

  test("rewrite an entry and name a key that does not exist", async () => {
    await asDatabaseOwner(change(3, `purpose = 'maintenance', "keyId" = 'none'`));
    expect(await findings()).toEqual([{ kind: "key-missing", from: 3, to: 3, keyId: "none" }]);
  });

  test("remove an entry from the middle, or the first ones", async () => {
    await asDatabaseOwner(remove(4));
    expect(await findings()).toEqual([{ kind: "entries-missing", from: 4, to: 4 }]);
    await asDatabaseOwner(remove(1), remove(2));
    expect(await findings()).toContainEqual({ kind: "entries-missing", from: 1, to: 2 });
  });

  test("remove an entry and close the gap by numbering the others anew", async () => {
    await asDatabaseOwner(remove(4), change(5, "sequence = 4"), change(6, "sequence = 5"));
    const found = await findings();
    expect(found).toContainEqual({ kind: "entry-changed", from: 4, to: 5 });
    expect(found).toContainEqual({ kind: "tail-missing", from: 6, to: 6 });
  });

  test("swap two entries", async () => {
    await asDatabaseOwner(change(2, "sequence = -1"), change(3, "sequence = 2"), change(-1, "sequence = 3"));
    expect(await findings()).toEqual([{ kind: "entry-changed", from: 2, to: 4 }]);
  });

  test("cut off the end", async () => {
    await asDatabaseOwner(remove(5), remove(6));
    expect(await findings()).toEqual([{ kind: "tail-missing", from: 5, to: 6 }]);
  });

  test("cut off the end and move the head back to it", async () => {
    const { mac } = await db.accessLogEntry.findFirstOrThrow({ where: { ...owner, sequence: 4 } });
    await asDatabaseOwner(remove(5), remove(6), changeHead(`sequence = 4, mac = '${mac}'`));
    expect((await findings()).map(({ kind }) => kind)).toEqual(["head-changed"]);
  });

  test("pretend that entries were pruned", async () => {
    const { mac } = await db.accessLogEntry.findFirstOrThrow({ where: { ...owner, sequence: 4 } });
    await asDatabaseOwner(...[1, 2, 3, 4].map(remove), changeHead(`"prunedThrough" = 4, "prunedMac" = '${mac}'`));
    expect((await findings()).map(({ kind }) => kind)).toEqual(["head-changed"]);
  });

  test("move an entry from another connection's log to the end", async () => {
    const other = { ...owner, connectionId: randomUUID() };
    await writeLog(other, 7);
    await asDatabaseOwner(
      `UPDATE "AccessLogEntry" SET "connectionId" = '${owner.connectionId}' WHERE "connectionId" = '${other.connectionId}' AND sequence = 7`,
    );
    expect(await findings()).toEqual([{ kind: "entry-added", from: 7, to: 7 }]);
  });

  test("write an entry of their own twice under one number", async () => {
    await asDatabaseOwner(
      `DROP INDEX "AccessLogEntry_connectionId_sequence_key"`,
      `INSERT INTO "AccessLogEntry" SELECT gen_random_uuid(), "customerId", "connectionId", "actorType", "actorId", purpose,
        "sessionName", region, outcome, "errorCode", "requestId", "latencyMs", probe, "expiresAt", at, "keyId", mac, sequence
        FROM ${entry(3)}`,
    );
    expect((await findings()).map(({ kind }) => kind)).toContain("entry-added");
    await asDatabaseOwner(
      `DELETE FROM ${entry(3)}`,
      `CREATE UNIQUE INDEX "AccessLogEntry_connectionId_sequence_key" ON "AccessLogEntry" ("connectionId", sequence)`,
    );
  });

  test("remove the head", async () => {
    await asDatabaseOwner(`DELETE FROM "AccessLogHead" WHERE "connectionId" = '${owner.connectionId}'`);
    expect(await findings()).toEqual([{ kind: "head-missing" }]);
  });
});

describe("somebody who puts an older copy back, signed head and all", () => {
  async function putBack(sequence: number): Promise<void> {
    const head = exported[sequence - 1];
    if (!head) throw new Error("no checkpoint of that entry");
    const { mac, signature } = head;
    await asDatabaseOwner(
      ...Array.from({ length: 6 - sequence }, (_, index) => remove(sequence + 1 + index)),
      changeHead(`sequence = ${sequence}, mac = '${mac}', signature = '${signature}', at = '${head.at.toISOString()}'`),
    );
  }

  test("cannot be told from the past by the database alone, but is by an exported checkpoint", async () => {
    await putBack(4);
    expect(await findings()).toEqual([]);
    expect((await findings(exported)).map(({ kind }) => kind)).toEqual(["put-back"]);
  });

  test("is seen even after others wrote on from there", async () => {
    await putBack(4);
    const more = await writeLog(owner, 5);
    expect(await findings([...exported, ...more])).toEqual([{ kind: "put-back", from: 5, to: 6 }]);
  });

  test("is seen when only the head was put back", async () => {
    const { mac, signature, at } = exported[3] ?? {};
    await asDatabaseOwner(
      changeHead(`sequence = 4, mac = '${mac}', signature = '${signature}', at = '${at?.toISOString()}'`),
    );
    expect(await findings()).toContainEqual({ kind: "put-back", from: 5, to: 6 });
  });

  test("cannot lay it on an exported checkpoint that they made up", async () => {
    const [first] = exported;
    if (!first) throw new Error("nothing was exported");
    const forger = createKeyRing([{ id: first.keyId, key: Buffer.alloc(32, 7) }]);
    expect(await findings([signCheckpoint(forger, first)])).toEqual([{ kind: "checkpoint-forged", from: 1, to: 1 }]);
  });
});

test("a log that grows while it is verified is whole", async () => {
  const log = createAccessLog(accessLogDependencies);
  const writing = Promise.all(Array.from({ length: 40 }, () => log.record(logEntry(owner))));
  const reports = await Promise.all([findings(exported), findings(exported), writing]);
  expect(reports.slice(0, 2)).toEqual([[], []]);
});

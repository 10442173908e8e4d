import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { asDatabaseOwner, began, checkpointLines, writeLog } from "@/dev/testing/access-log";
import { db } from "@/lib/db";
import type { Checkpoint } from "./chain";
import { pruneAccessLog } from "./prune-access-log";
import { accessLogDependencies } from "./services";
import { verifyAccessLog } from "./verify-access-log";

const DAY = 24 * 60 * 60_000;
let owner: { customerId: string; connectionId: string };
let exported: Checkpoint[];

beforeEach(async () => {
  owner = { customerId: randomUUID(), connectionId: randomUUID() };
  exported = await writeLog(owner, 5);
  exported.push(...(await writeLog(owner, 3, { from: new Date(began.getTime() + 40 * DAY) })));
});

/** As on the 40th day with a retention of 30, when the first five entries of each connection are too old. */
const prune = (atOnce?: number) =>
  pruneAccessLog(
    {
      ...accessLogDependencies,
      clock: () => new Date(began.getTime() + 40 * DAY + 3_600_000),
      onCheckpoint: (checkpoint) => void exported.push(checkpoint),
    },
    { retentionDays: 30, ...(atOnce !== undefined && { atOnce }) },
  );
const left = async () =>
  (await db.accessLogEntry.findMany({ where: owner, orderBy: { sequence: "asc" } })).map(({ sequence }) => sequence);
const findings = async () =>
  (await verifyAccessLog(accessLogDependencies, { checkpoints: checkpointLines(exported) })).findings.filter(
    ({ connectionId }) => connectionId === owner.connectionId,
  );

test("old entries go and young ones stay, and what is left verifies, also against what was exported before", async () => {
  expect(await prune()).toEqual({ entries: 5, tampered: [] });
  expect(await left()).toEqual([6, 7, 8]);
  expect(await findings()).toEqual([]);
  await writeLog(owner, 2, {
    from: new Date(began.getTime() + 41 * DAY),
    onCheckpoint: (head) => void exported.push(head),
  });
  expect(await left()).toEqual([6, 7, 8, 9, 10]);
  expect(await findings()).toEqual([]);
  expect(await prune()).toEqual({ entries: 0, tampered: [] });
});

test("many old entries go a batch at a time", async () => {
  expect(await prune(2)).toEqual({ entries: 5, tampered: [] });
  expect(await left()).toEqual([6, 7, 8]);
  expect(await findings()).toEqual([]);
});

test("an old entry behind a young one waits for it, so that the chain has no hole", async () => {
  await writeLog(owner, 1, { from: began });
  await prune();
  expect(await left()).toEqual([6, 7, 8, 9]);
});

test("tampering is not pruned away: the entries stay and the connection is named", async () => {
  await asDatabaseOwner(
    `UPDATE "AccessLogEntry" SET purpose = 'x' WHERE "connectionId" = '${owner.connectionId}' AND sequence = 2`,
  );
  expect((await prune()).tampered).toEqual([owner.connectionId]);
  expect(await left()).toHaveLength(8);
  expect(await findings()).toEqual([expect.objectContaining({ kind: "entry-changed", from: 2 })]);
  await asDatabaseOwner(
    `DELETE FROM "AccessLogEntry" WHERE "connectionId" = '${owner.connectionId}'`,
    `DELETE FROM "AccessLogHead" WHERE "connectionId" = '${owner.connectionId}'`,
  );
});

test("a pruned entry that is put back, and a young one removed after pruning, are seen", async () => {
  const pruned = await db.accessLogEntry.findFirstOrThrow({ where: { ...owner, sequence: 2 } });
  await prune();
  await db.accessLogEntry.create({ data: pruned });
  await asDatabaseOwner(`DELETE FROM "AccessLogEntry" WHERE "connectionId" = '${owner.connectionId}' AND sequence = 6`);
  expect((await findings()).map(({ kind, from }) => [kind, from])).toEqual([
    ["entry-added", 2],
    ["entries-missing", 6],
  ]);
});

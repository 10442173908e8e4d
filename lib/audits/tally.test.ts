import { expect, test } from "vitest";
import { member, newConnection } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { countItems, foldRoundTally, nothingCounted } from "./tally";

const readyAt = new Date("2026-11-26T12:00:00Z");

async function roundOf(count: number): Promise<string> {
  const access = await member();
  const { id: roundId } = await db.auditRound.create({ data: { kind: "scheduled" } });
  for (let made = 0; made < count; made += 1) {
    const { id: connectionId, customerId } = await newConnection(access);
    await db.auditItem.create({ data: { roundId, connectionId, customerId, readyAt } });
  }
  return roundId;
}

async function become(roundId: string, data: { state: "queued" | "done" | "skipped" | "waiting"; outcome?: string }) {
  const { connectionId } = await db.auditItem.findFirstOrThrow({
    where: { roundId, state: { in: ["waiting", "queued"] } },
  });
  await db.auditItem.update({ where: { roundId_connectionId: { roundId, connectionId } }, data });
}

test("a round counts what it has and what ended, each once, and puts its rows together", async () => {
  const [roundId, other] = [await roundOf(4), await roundOf(1)];
  await become(roundId, { state: "queued" });
  await become(roundId, { state: "done", outcome: "proven" });
  await become(roundId, { state: "skipped" });
  await become(roundId, { state: "done", outcome: "failed" });
  const expected = { total: 4, ended: { ...nothingCounted.ended, proven: 1, failed: 1, skipped: 1 } };
  expect((await countItems(db, [roundId, other])).get(roundId)).toEqual(expected);
  await foldRoundTally(db, 1);
  expect(await db.auditRoundTally.count({ where: { roundId } })).toBe(4);
  const counts = await countItems(db, [roundId, other]);
  expect(counts.get(roundId)).toEqual(expected);
  expect(counts.get(other)).toEqual({ ...nothingCounted, total: 1 });
});

test("an item that goes with its connection is counted no more, and a round that goes leaves nothing", async () => {
  const roundId = await roundOf(2);
  await become(roundId, { state: "done", outcome: "proven" });
  const { connectionId } = await db.auditItem.findFirstOrThrow({ where: { roundId, state: "done" } });
  await db.connection.delete({ where: { id: connectionId } });
  expect((await countItems(db, [roundId])).get(roundId)).toEqual({ ...nothingCounted, total: 1 });
  await db.auditRound.delete({ where: { id: roundId } });
  expect(await db.auditRoundTally.count({ where: { roundId } })).toBe(0);
});

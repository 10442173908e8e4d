import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { manyConnections } from "@/dev/testing/many-connections";
import { db } from "@/lib/db";
import { chooseFairly, newTurns } from "./choose-fairly";

const now = new Date("2026-11-26T12:00:00Z");
const customers = 500;
beforeAll(async () => {
  await manyConnections(customers * 20);
  const { id } = await db.auditRound.create({ data: { kind: "all" } });
  await db.$executeRaw`
    INSERT INTO "AuditItem" ("roundId", "connectionId", "customerId", "readyAt")
    SELECT ${id}::uuid, "id", "customerId", ${now}::timestamptz FROM "Connection"`;
});

/** Hands out as much as there is room for, and has it done at once. */
async function step(turns: { after: string }): Promise<string[]> {
  const jobs = await db.$transaction((transaction) =>
    chooseFairly(transaction, turns, { perCustomer: 2, queued: 40 }, now),
  );
  await db.auditItem.updateMany({
    where: { state: "queued" },
    data: { state: "done", outcome: "proven", claim: randomUUID() },
  });
  return jobs.map(({ customerId }) => customerId);
}

test("with more customers than a step has room for, each has its first turn before anyone's second, and so on", async () => {
  const turns = newTurns();
  const served = new Map<string, number>();
  for (let steps = 0; steps < 26; steps += 1) {
    const chosen = await step(turns);
    expect(chosen).toHaveLength(40);
    for (const customer of chosen) served.set(customer, (served.get(customer) ?? 0) + 1);
    const all = [...served.values()];
    expect(Math.max(...all) - (served.size < customers ? 0 : Math.min(...all))).toBeLessThanOrEqual(1);
  }
  expect([...served.values()].reduce((sum, count) => sum + count)).toBe(1_040);
}, 60_000);

test("a customer whose audits all are to be tried again later does not stand before others", async () => {
  const later = new Date(now.getTime() + 60_000);
  const [head] = await db.auditItem.findMany({ where: { state: "waiting" }, orderBy: { customerId: "asc" }, take: 1 });
  await db.auditItem.updateMany({ where: { customerId: head?.customerId ?? "" }, data: { readyAt: later } });
  const chosen = await step(newTurns());
  expect(chosen).toHaveLength(40);
  expect(chosen).not.toContain(head?.customerId);
});

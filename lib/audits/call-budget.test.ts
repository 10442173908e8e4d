import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { createCallBudget, reserve } from "./call-budget";

test("processes that reserve calls at the same time get one span after another, none twice", async () => {
  const budget = { database: db, name: randomUUID(), callsPerSecond: 1 };
  const spans = await Promise.all(Array.from({ length: 8 }, () => reserve(budget, 10)));
  const seconds = spans.map((milliseconds) => milliseconds / 1_000).sort((one, other) => one - other);
  // Ten calls take ten seconds, so each span begins ten seconds after the one before; what the statements took is between.
  for (const [index, begins] of seconds.entries()) expect(Math.round(begins / 10)).toBe(index);
});

test("calls wait for their span, and the row is written once for several calls", async () => {
  const waits: number[] = [];
  let reserved = 0;
  const database = new Proxy(db, {
    get(target, key) {
      if (key === "$queryRaw") reserved += 1;
      return Reflect.get(target, key) as unknown;
    },
  });
  let time = 0;
  const take = createCallBudget({
    database,
    name: randomUUID(),
    callsPerSecond: 40,
    now: () => time,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  });
  await Promise.all(Array.from({ length: 40 }, () => take()));
  expect(reserved).toBe(4);
  // The first span is free; the others follow at a quarter of a second each, less what the statements took.
  expect(waits.length).toBeGreaterThanOrEqual(3);
});

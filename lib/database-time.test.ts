import { glob, readFile } from "node:fs/promises";
import { afterEach, expect, test } from "vitest";
import { databaseTime, learnTime, machineTime } from "./database-time";

const HOUR = 60 * 60_000;

/** As the database answers whose clock is so far ahead of this machine's. */
function answer(aheadBy: number, { tookMs = 2 } = {}): void {
  const answered = machineTime();
  learnTime(answered - tookMs / 2 + aheadBy, { asked: answered - tookMs, answered });
}

const aheadBy = () => databaseTime().getTime() - machineTime();

afterEach(() => answer(0));

test.each([HOUR, -HOUR])("goes by the database's clock, which is %i ms ahead", (off) => {
  answer(off);
  expect(Math.abs(aheadBy() - off)).toBeLessThan(3);
});

test("does not move for an answer that agrees with it, however long that took", () => {
  answer(HOUR);
  answer(HOUR + 400, { tookMs: 2_000 });
  expect(Math.abs(aheadBy() - HOUR)).toBeLessThan(3);
});

test("is not moved by a machine whose clock is set", () => {
  const before = databaseTime().getTime();
  const { now } = Date;
  Date.now = () => now() + HOUR;
  try {
    expect(databaseTime().getTime() - before).toBeLessThan(1_000);
  } finally {
    Date.now = now;
  }
});

test("no code of the portal asks the machine what time it is", async () => {
  const asking: string[] = [];
  for await (const file of glob("{lib,app}/**/*.{ts,tsx}")) {
    if (/\.test\.ts$|^lib\/(generated|crossaccount)\//.test(file)) continue;
    if (/new Date\(\)|Date\.now\(/.test(await readFile(file, "utf8"))) asking.push(file);
  }
  expect(asking).toEqual([]);
  expect(await readFile("prisma/schema.prisma", "utf8")).not.toMatch(/default\(now\(\)\)/);
});

import { expect, test } from "vitest";
import { readCursor, writeCursor } from "./page-cursor";

const end = { at: new Date("2026-03-01T12:00:00.123Z"), id: "0195f2c4-0000-7000-8000-000000000001" };

test("a cursor leads back to where a page ended", () => {
  expect(readCursor(writeCursor(end))).toEqual(end);
});

test.each([
  ["nothing", ""],
  ["36 dashes for an ID", `2026-03-01T12:00:00.123Z_${"-".repeat(36)}`],
  ["no such day", `2026-13-41T12:00:00.123Z_${end.id}`],
  ["the year 0, which PostgreSQL does not know", `0000-01-01T00:00:00.000Z_${end.id}`],
  ["something behind it", `${writeCursor(end)}'`],
])("%s is no cursor", (_what, cursor) => {
  expect(readCursor(cursor)).toBeUndefined();
});

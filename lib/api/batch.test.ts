import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createBatch } from "./batch";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function stage(write: (rows: readonly number[]) => Promise<unknown> = async () => {}) {
  const written: number[][] = [];
  const lost: number[] = [];
  const batch = createBatch<number>({
    write: async (rows) => {
      written.push([...rows]);
      await write(rows);
    },
    waitMs: 1_000,
    most: 3,
    onLost: (rows) => lost.push(rows),
  });
  return { batch, written, lost };
}

test("rows wait for others, and are written together", async () => {
  const { batch, written } = stage();
  batch.add(1);
  batch.add(2);
  expect(written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1_000);
  batch.add(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(written).toEqual([[1, 2], [3]]);
});

test("no more wait than may, and how many were left out is told", async () => {
  const { batch, written, lost } = stage();
  for (const row of [1, 2, 3, 4, 5]) batch.add(row);
  await batch.flush();
  expect({ written, lost }).toEqual({ written: [[1, 2, 3]], lost: [2] });
});

test("a database that does not answer holds up one lot, and what comes meanwhile is bounded and written after it", async () => {
  let answer = () => {};
  const { batch, written, lost } = stage(() => new Promise<void>((resolve) => (answer = resolve)));
  batch.add(1);
  await vi.advanceTimersByTimeAsync(1_000);
  for (const row of [2, 3, 4, 5]) batch.add(row);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toEqual([[1]]);
  answer();
  await vi.advanceTimersByTimeAsync(1_000);
  expect({ written, lost }).toEqual({ written: [[1], [2, 3, 4]], lost: [1] });
});

test("a lot that could not be written is told and given up, and the next one is written", async () => {
  let fails = true;
  const { batch, written, lost } = stage(async () => {
    if (fails) throw new Error("no answer");
  });
  batch.add(1);
  await batch.flush();
  fails = false;
  batch.add(2);
  await batch.flush();
  expect({ written, lost }).toEqual({ written: [[1], [2]], lost: [1] });
});

import { expect, test } from "vitest";
import { runLoop } from "./loop";

interface Piece {
  name: string;
  end: () => void;
}

/** Work whose end the test decides, and a pause that lasts until the test says so. */
function scene(concurrency: number, supply: string[]) {
  const stop = new AbortController();
  const going: Piece[] = [];
  const errors: unknown[] = [];
  let wake = () => {};
  const ended = runLoop<string>({
    concurrency,
    signal: stop.signal,
    take: async (limit) => supply.splice(0, limit),
    handle: (name) => {
      if (name === "bad") return Promise.reject(new Error("bad"));
      return new Promise<void>((resolve) => {
        going.push({ name, end: resolve });
      });
    },
    pause: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
      }),
    onError: (error) => errors.push(error),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { stop, going, errors, ended, settle, wake: () => wake(), names: () => going.map(({ name }) => name) };
}

test("as many are worked on as allowed, and the next begins when one ends", async () => {
  const { going, names, settle, stop, ended } = scene(2, ["a", "b", "c"]);
  await settle();
  expect(names()).toEqual(["a", "b"]);
  going[0]?.end();
  await settle();
  expect(names()).toEqual(["a", "b", "c"]);
  stop.abort();
  for (const { end } of going) end();
  await ended;
});

test("one that fails is reported and ends nothing", async () => {
  const { errors, names, settle, going, stop, wake, ended } = scene(2, ["bad", "good"]);
  await settle();
  expect(errors).toHaveLength(1);
  expect(names()).toEqual(["good"]);
  stop.abort();
  wake();
  for (const { end } of going) end();
  await ended;
});

test("stopping begins nothing new and waits for what was begun", async () => {
  const supply = ["a", "b"];
  const { going, settle, stop, wake, ended } = scene(1, supply);
  await settle();
  let over = false;
  const watched = ended.then(() => {
    over = true;
  });
  stop.abort();
  wake();
  await settle();
  expect(over).toBe(false);
  going[0]?.end();
  await watched;
  expect(supply).toEqual(["b"]);
});

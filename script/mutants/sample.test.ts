import { expect, test } from "vitest";
import { sample } from "./sample";

const entries = Array.from({ length: 100 }, (_, index) => index);

test("a seed draws the same entries again, each once, and another seed draws others", () => {
  const drawn = sample(entries, 30, 7);
  expect(sample(entries, 30, 7)).toEqual(drawn);
  expect(new Set(drawn).size).toBe(30);
  expect(sample(entries, 30, 8)).not.toEqual(drawn);
  expect(sample(entries, 10, 7)).toEqual(drawn.slice(0, 10));
});

test("all are drawn where more are asked for than there are", () => {
  expect(sample(entries, 1_000, 7).sort((one, other) => one - other)).toEqual(entries);
});

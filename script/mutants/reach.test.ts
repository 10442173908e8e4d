import { expect, test } from "vitest";
import { testsReaching } from "./reach";

const importers = new Map([
  ["lib/a/seal.ts", ["lib/a/chain.ts", "lib/b/seal.test.ts", "lib/a/keys.test.ts", "lib/a/seal.test.ts"]],
  ["lib/a/chain.ts", ["lib/a/chain.test.ts", "lib/a/seal.ts", "dev/testing/scene.ts"]],
  ["dev/testing/scene.ts", ["lib/c/journey.test.ts"]],
  ["lib/d/other.ts", ["lib/d/other.test.ts"]],
]);

test("a file's own test comes first, then those that import it, its folder's before others, then those further away", () => {
  expect(testsReaching("lib/a/seal.ts", importers)).toEqual([
    "lib/a/seal.test.ts",
    "lib/a/keys.test.ts",
    "lib/b/seal.test.ts",
    "lib/a/chain.test.ts",
    "lib/c/journey.test.ts",
  ]);
});

test("a file that nothing imports is reached by no test", () => {
  expect(testsReaching("lib/e/alone.ts", importers)).toEqual([]);
});

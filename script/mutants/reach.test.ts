import { expect, test } from "vitest";
import { readImporters, testsReaching } from "./reach";

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

test("imports are read, by path and by @", async () => {
  const read = await readImporters(process.cwd(), ["lib/tenancy", "lib/auth", "dev/testing"]);
  expect(read.get("lib/auth/handler.ts")).toContain("dev/testing/sign-in-browser.ts");
  expect(read.get("dev/testing/sign-in-browser.ts")).toContain("lib/auth/sign-in.test.ts");
  expect(read.get("lib/auth/call-next-auth.ts")).toContain("lib/auth/handler.ts");
  expect(testsReaching("lib/auth/handler.ts", read)).toContain("lib/auth/sign-in.test.ts");
});

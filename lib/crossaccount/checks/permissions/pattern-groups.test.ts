import { expect, test } from "vitest";
import { groupPatterns } from "./pattern-groups";

test("what meets the same is one group, each pattern looked at once", () => {
  const seen: string[] = [];
  const patterns = Array.from({ length: 5_000 }, (_, index) => `s3:${index % 2 === 0 ? "Get" : "Put"}${index % 1_000}`);
  const groups = groupPatterns(patterns, (pattern) => {
    seen.push(pattern);
    return [pattern.includes("Get"), true];
  });
  expect(seen).toHaveLength(1_000);
  expect(groups.map(({ meets, patterns: { length } }) => ({ meets, length }))).toEqual([
    { meets: [true, true], length: 500 },
    { meets: [false, true], length: 500 },
  ]);
});

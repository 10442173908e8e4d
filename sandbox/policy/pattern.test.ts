import { expect, test } from "vitest";
import { matchesWildcards } from "./pattern";

test.each<[string, string, boolean]>([
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "anything/at:all\n", true],
  ["?", "", false],
  ["?", "é", true],
  ["a?c", "abc", true],
  ["a?c", "ac", false],
  ["a*c", "ac", true],
  ["a*c", "abcbc", true],
  ["a*c", "abcb", false],
  ["*a*b*", "xxaxxbxx", true],
  ["*a*b*", "xxbxxaxx", false],
  ["s3:Get*", "s3:GetObject", true],
  ["s3:Get*", "xs3:GetObject", false],
  ["a.c", "abc", false],
  ["[ab]", "a", false],
  ["(a|b)+$", "(a|b)+$", true],
])("%j against %j is %s", (pattern, text, expected) => {
  expect(matchesWildcards(pattern, text)).toBe(expected);
});

test("many wildcards do not make it slow", () => {
  expect(matchesWildcards(`${"a*".repeat(500)}b`, "a".repeat(2000))).toBe(false);
});

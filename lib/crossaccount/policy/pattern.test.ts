import fc from "fast-check";
import { expect, test } from "vitest";
import { seeds } from "../testing/seeds";
import { patternsOverlap } from "./pattern";

test.each([
  ["iam:*", "iam:PutRolePolicy", true],
  ["iam:Put?olePolicy", "iam:PutRolePolicy", true],
  ["iam:Get*", "iam:PutRolePolicy", false],
  ["*", "iam:PutRolePolicy", true],
  ["a*b", "*c", false],
  ["a*", "*b", true],
  ["role/Other/*", "role/Nimbus/*", false],
  [`role/\${aws:username}/x`, "role/Nimbus/*", true],
  ["", "*", true],
  ["", "?", false],
])("%s and %s overlap: %s", (left, right, overlap) => {
  expect(patternsOverlap(left, right)).toBe(overlap);
  expect(patternsOverlap(right, left)).toBe(overlap);
});

test.each(seeds(20_261_126))("two patterns overlap exactly when some text matches both (seed %i)", (seed) => {
  const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 5 });
  fc.assert(
    fc.property(pattern, pattern, (left, right) => {
      const both = texts.some((text) => matcher(left).test(text) && matcher(right).test(text));
      expect(patternsOverlap(left, right)).toBe(both);
    }),
    { numRuns: 300, seed },
  );
});

/** All texts of up to 8 letters a and b: longer ones match nothing more for patterns of 5 characters. */
const texts = Array.from({ length: 9 }, (_, length) =>
  Array.from({ length: 2 ** length }, (_item, bits) =>
    bits.toString(2).padStart(length, "0").slice(0, length).replaceAll("0", "a").replaceAll("1", "b"),
  ),
).flat();

function matcher(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
}

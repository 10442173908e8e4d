import { expect, test } from "vitest";
import { comparisons } from "./condition";

test.each([
  ["StringEquals", "stringequals", false],
  ["StringEqualsIfExists", "stringequals", true],
  ["StringNotLike", "stringnotlike", true],
  ["ForAllValues:StringEquals", "stringequals", true],
  ["ForAllValues:StringNotEquals", "stringnotequals", true],
  ["ForAllValues:StringLikeIfExists", "stringlike", true],
  ["ForAnyValue:StringEquals", "stringequals", false],
  ["ForAnyValue:StringNotEquals", "stringnotequals", false],
  ["ForAnyValue:StringEqualsIfExists", "stringequals", true],
  ["foranyvalue:arnnotlike", "arnnotlike", false],
  ["Null", "null", false],
])("%s is read as %s, and a request without the key satisfies it: %s", (written, operator, passesWhenMissing) => {
  expect(comparisons({ [written]: { "sts:ExternalId": ["x"] } })).toEqual([
    expect.objectContaining({ written, operator, passesWhenMissing, key: "sts:ExternalId", values: ["x"] }),
  ]);
});

test.each(["ForAnyValues:StringEquals", "ForAllValue:StringEquals"])(
  "%s, which IAM does not have, is no set",
  (written) => {
    const [read] = comparisons({ [written]: { "sts:ExternalId": ["x"] } });
    expect(read?.operator).toBe(written.toLowerCase());
  },
);

import { expect, test } from "vitest";
import { claimAt, kindOf } from "./claim-at";

const claims = {
  groups: ["a"],
  "cognito:groups": ["b"],
  "https://vendor.example/groups": ["c"],
  realm_access: { roles: ["d"] },
  resource_access: { "portal.vendor.example": { roles: ["e"] } },
  "a.b": "whole",
  a: { b: "reached" },
};

test.each([
  ["groups", ["a"]],
  ["cognito:groups", ["b"]],
  ["https://vendor.example/groups", ["c"]],
  ["realm_access.roles", ["d"]],
  ["resource_access.portal.vendor.example.roles", ["e"]],
  ["a.b", "whole"],
  ["realm_access", { roles: ["d"] }],
  ["realm_access.roles.0", undefined],
  ["realm_access.roles.length", undefined],
  ["groups.length", undefined],
  ["a.b.length", undefined],
  ["realm_access.", undefined],
  [".groups", undefined],
  ["constructor", undefined],
  ["__proto__.constructor", undefined],
  ["a.constructor.name", undefined],
  ["missing", undefined],
])("the claim at %s", (path, value) => {
  expect(claimAt(claims, path)).toEqual(value);
});

test.each([[null], ["groups"], [["groups"]], [7]])("no claim is in %j", (nothing) => {
  expect(claimAt(nothing, "groups")).toBeUndefined();
});

test.each([
  [undefined, "absent"],
  [null, "null"],
  ["secret", "a string"],
  [" ", "an empty string"],
  [7, "a number"],
  [true, "a boolean"],
  [[], "an empty list"],
  [["secret", 7, null, ["secret"]], "a list of 4 (list, null, number, string)"],
  [{ secret: 1 }, "an object of 1"],
])("%j is told as %s", (value, kind) => {
  expect(kindOf(value)).toBe(kind);
});

import { expect, test } from "vitest";
import { operatorFault, readOperator } from "./condition-operator";

const ordered = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
const bases = [
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map(
    (name) => `String${name}`,
  ),
  ...ordered.flatMap((name) => [`Numeric${name}`, `Date${name}`]),
  ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
];

test("IAM has 26 operators besides Null", () => expect(bases).toHaveLength(26));

test.each(bases)("%s is one, also for several values and where a key may be missing", (base) => {
  for (const set of [undefined, "ForAllValues", "ForAnyValue"] as const)
    for (const suffix of ["", "IfExists"]) {
      const name = `${set ? `${set}:` : ""}${base}${suffix}`;
      expect(readOperator(name), name).toMatchObject(set ? { set } : {});
      expect(operatorFault(name)).toBeUndefined();
    }
});

test("Null stands alone", () => {
  expect(readOperator("Null")).toEqual({ family: "Null" });
  expect(readOperator("NullIfExists")).toBeUndefined();
  expect(readOperator("ForAllValues:Null")).toBeUndefined();
});

test.each(["stringEquals", "StringEqualsIfExist", "ForAllValues:", "StringMatches", "constructor"])(
  "%s is none",
  (name) => {
    expect(readOperator(name)).toBeUndefined();
    expect(operatorFault(name)).toBeTruthy();
  },
);

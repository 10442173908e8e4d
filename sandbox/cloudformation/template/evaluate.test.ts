import { describe, expect, test } from "vitest";
import { evaluate } from "./evaluate";
import type { Json } from "./json";
import type { Scope } from "./scope";

const scope: Scope = {
  values: new Map<string, Json>([
    ["Name", "acme"],
    ["List", ["a", "b"]],
    ["AWS::Region", "eu-west-1"],
    ["AWS::Partition", "aws"],
  ]),
  mappings: { Sizes: { "eu-west-1": { small: "s", all: ["s", "m"] } } },
  conditions: new Map([
    ["Yes", true],
    ["No", false],
  ]),
  region: "eu-west-1",
  resource: (id) => (id === "Role" ? { ref: "my-role", attributes: { Arn: "arn:role", "Nested.Id": "n" } } : undefined),
  exported: (name) => (name === "shared" ? "value" : undefined),
};

describe("evaluate", () => {
  test.each<[Json, Json]>([
    [{ Ref: "Name" }, "acme"],
    [{ Ref: "Role" }, "my-role"],
    [{ Ref: "List" }, ["a", "b"]],
    [{ "Fn::GetAtt": ["Role", "Arn"] }, "arn:role"],
    [{ "Fn::GetAtt": "Role.Nested.Id" }, "n"],
    [
      { "Fn::Sub": `\${Name}/\${AWS::Region}/\${Role}/\${Role.Arn}/\${!Kept}` },
      `acme/eu-west-1/my-role/arn:role/\${Kept}`,
    ],
    [{ "Fn::Sub": [`\${Name}-\${X}`, { X: { Ref: "Name" }, Name: "own" }] }, "own-acme"],
    [{ "Fn::Join": [":", ["a", { Ref: "Name" }, 1]] }, "a:acme:1"],
    [{ "Fn::Join": ["", { Ref: "List" }] }, "ab"],
    [{ "Fn::Select": ["1", { Ref: "List" }] }, "b"],
    [{ "Fn::Split": ["|", "x|y"] }, ["x", "y"]],
    [{ "Fn::FindInMap": ["Sizes", { Ref: "AWS::Region" }, "small"] }, "s"],
    [{ "Fn::FindInMap": ["Sizes", "eu-west-1", "all"] }, ["s", "m"]],
    [{ "Fn::Base64": { Ref: "Name" } }, "YWNtZQ=="],
    [{ "Fn::If": ["Yes", 1, 2] }, 1],
    [{ "Fn::If": ["No", 1, { Ref: "Name" }] }, "acme"],
    [{ "Fn::ImportValue": "shared" }, "value"],
    [{ "Fn::GetAZs": "" }, ["eu-west-1a", "eu-west-1b", "eu-west-1c"]],
    [{ a: { Ref: "AWS::NoValue" }, b: [{ "Fn::If": ["No", "x", { Ref: "AWS::NoValue" }] }, "y"] }, { b: ["y"] }],
    [
      { Ref: "not alone", Other: 1 },
      { Ref: "not alone", Other: 1 },
    ],
  ])("%j is %j", (value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  test("keeps keys that every object inherits as ordinary data", () => {
    const value = JSON.parse('{"__proto__": {"Ref": "Name"}, "constructor": "x"}') as Json;
    expect(JSON.stringify(evaluate(value, scope))).toBe('{"__proto__":"acme","constructor":"x"}');
    expect(() => evaluate({ Ref: "constructor" }, scope)).toThrow("Unresolved resource dependencies [constructor]");
    expect(() => evaluate({ "Fn::FindInMap": ["constructor", "a", "b"] }, scope)).toThrow(
      "Mapping named 'constructor'",
    );
  });

  test.each<[Json, string]>([
    [{ "Fn::Rot13": "x" }, "Unrecognized function"],
    [{ "Fn::Transform": {} }, "Unrecognized function"],
    [{ "Fn::Sub": "x", Other: 1 }, "Fn::Sub must stand alone"],
    [{ "Fn::Sub": 1 }, "One or more Fn::Sub intrinsic functions don't specify expected arguments"],
    [{ "Fn::Sub": `\${a b}` }, "variable names in Fn::Sub syntax must contain only alphanumeric characters"],
    [{ "Fn::Sub": `\${List}` }, "every argument of Fn::Sub must resolve to a string"],
    [{ "Fn::Join": ["-"] }, "every Fn::Join object requires two parameters"],
    [{ "Fn::Select": [2, ["a"]] }, "Fn::Select cannot select nonexistent value at index 2"],
    [{ "Fn::Select": ["x", ["a"]] }, "Fn::Select requires a list argument with two elements"],
    [{ "Fn::FindInMap": ["Sizes", "us-east-1", "small"] }, "Unable to get mapping for Sizes::us-east-1::small"],
    [{ "Fn::GetAtt": ["Role", "Name"] }, "resource Role does not support attribute type Name in Fn::GetAtt"],
    [{ "Fn::GetAtt": "Role" }, "every Fn::GetAtt object requires two non-empty parameters"],
    [{ "Fn::If": ["Yes", 1] }, "Fn::If requires a list argument"],
    [{ "Fn::ImportValue": "other" }, "No export named other found."],
    [{ "Fn::Equals": ["a", "a"] }, "Fn::Equals may only be used in the Conditions section"],
    [{ "Fn::Cidr": ["10.0.0.0/8", 1, 8] }, "Fn::Cidr is not supported by the sandbox"],
    [{ "Fn::Sub": `\${aws:username}` }, "Unresolved resource dependencies [aws:username]"],
  ])("refuses %j", (value, message) => {
    expect(() => evaluate(value, scope)).toThrow(message);
  });
});

import { describe, expect, test } from "vitest";
import { evaluateConditions } from "./conditions";
import type { Json, JsonObject } from "./json";
import { readTemplate } from "./read-template";

function decide(conditions: JsonObject, values: Record<string, Json> = {}) {
  const template = readTemplate(
    JSON.stringify({
      Conditions: conditions,
      Resources: { Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" } },
    }),
  );
  const found = evaluateConditions(template, {
    values: new Map(Object.entries(values)),
    mappings: { Map: { key: { value: "on" } } },
    region: "us-east-1",
    resource: () => undefined,
    exported: () => undefined,
  });
  return Object.fromEntries(found);
}

describe("evaluateConditions", () => {
  test("combines parameters, mappings and other conditions, in whatever order they stand", () => {
    const conditions: JsonObject = {
      Both: { "Fn::And": [{ Condition: "IsSetup" }, { "Fn::Not": [{ Condition: "HasBoundary" }] }] },
      Either: { "Fn::Or": [{ Condition: "HasBoundary" }, { Condition: "Mapped" }] },
      Alias: { Condition: "IsSetup" },
      IsSetup: { "Fn::Equals": [{ Ref: "SetupPhase" }, "true"] },
      HasBoundary: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Boundary" }, ""] }] },
      Mapped: { "Fn::Equals": [{ "Fn::FindInMap": ["Map", "key", "value"] }, "on"] },
    };
    expect(decide(conditions, { SetupPhase: "true", Boundary: "" })).toEqual({
      Both: true,
      Either: true,
      Alias: true,
      IsSetup: true,
      HasBoundary: false,
      Mapped: true,
    });
  });

  test.each<[JsonObject, string]>([
    [{ A: { Condition: "B" }, B: { Condition: "A" } }, "Found circular condition dependency: [A, B, A]"],
    [{ A: { Condition: "Nowhere" } }, "Unresolved condition dependency Nowhere"],
    [
      { A: { "Fn::And": [{ "Fn::Equals": ["a", "a"] }] } },
      "Fn::And object requires a list of at least 2 and at most 10",
    ],
    [{ A: { "Fn::Join": ["", ["a"]] } }, "Conditions can only be boolean operations"],
    [{ A: { "Fn::Equals": ["a"] } }, "Fn::Equals object requires a list of at least 2"],
  ])("refuses %j", (conditions, message) => {
    expect(() => decide(conditions)).toThrow(message);
  });
});

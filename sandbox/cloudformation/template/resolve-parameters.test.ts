import { describe, expect, test } from "vitest";
import type { JsonObject } from "./json";
import { readTemplate } from "./read-template";
import { parameterValue, resolveParameters } from "./resolve-parameters";

function resolve(parameter: JsonObject, ...given: string[]) {
  const template = readTemplate(
    JSON.stringify({
      Parameters: { P: parameter },
      Resources: { H: { Type: "AWS::CloudFormation::WaitConditionHandle" } },
    }),
  );
  const text = resolveParameters(template, new Map(given.map((value) => ["P", value]))).get("P") ?? "";
  const declaration = template.parameters.get("P");
  return declaration && parameterValue(declaration, text);
}

describe("resolveParameters", () => {
  test("takes the given value, else the default, as text or list", () => {
    expect(resolve({ Type: "String", Default: "d" })).toBe("d");
    expect(resolve({ Type: "String", Default: true })).toBe("true");
    expect(resolve({ Type: "String", Default: "d" }, "")).toBe("");
    expect(resolve({ Type: "Number" }, "1.5")).toBe("1.5");
    expect(resolve({ Type: "CommaDelimitedList" }, "a, b")).toEqual(["a", "b"]);
    expect(resolve({ Type: "List<Number>" }, "1,2")).toEqual(["1", "2"]);
    expect(resolve({ Type: "CommaDelimitedList", Default: "" })).toEqual([]);
  });

  test.each<[JsonObject, string, string]>([
    [{ Type: "String", AllowedValues: ["a", "b"] }, "c", "Parameter 'P' must be one of AllowedValues"],
    [{ Type: "String", AllowedPattern: "[a-z]+" }, "abc1", "Parameter 'P' must match pattern [a-z]+"],
    [{ Type: "String", AllowedPattern: "a|b" }, "ab", "Parameter 'P' must match pattern a|b"],
    [{ Type: "String", AllowedPattern: "[a-z]+" }, "abc\n", "Parameter 'P' must match pattern [a-z]+"],
    [
      { Type: "String", AllowedPattern: "[a-z]+", ConstraintDescription: "lower case only" },
      "A",
      "Parameter P failed to satisfy constraint: lower case only",
    ],
    [{ Type: "String", MinLength: 3 }, "ab", "Parameter 'P' must contain at least 3 characters"],
    [{ Type: "String", MaxLength: "3" }, "abcd", "Parameter 'P' must contain at most 3 characters"],
    [{ Type: "Number" }, "x", "Parameter 'P' must be a number"],
    [{ Type: "Number", MinValue: 3 }, "2", "Parameter 'P' must be a number not less than 3"],
    [{ Type: "Number", MaxValue: 3 }, "4", "Parameter 'P' must be a number not greater than 3"],
    [{ Type: "List<Number>" }, "1,x", "Parameter 'P' must be a number"],
    [{ Type: "CommaDelimitedList", AllowedValues: ["a"] }, "a,b", "Parameter 'P' must be one of AllowedValues"],
    [{ Type: "String" }, "é".repeat(2049), "Parameter 'P' must be at most 4096 bytes long"],
  ])("%j refuses %j", (parameter, value, message) => {
    expect(() => resolve(parameter, value)).toThrow(message);
  });

  test("names all that is missing or unknown", () => {
    const template = readTemplate(
      "Parameters: {A: {Type: String}, B: {Type: String}}\nResources: {H: {Type: AWS::CloudFormation::WaitConditionHandle}}",
    );
    expect(() => resolveParameters(template, new Map())).toThrow("Parameters: [A, B] must have values");
    expect(() => resolveParameters(template, new Map([["X", ""]]))).toThrow(
      "Parameters: [X] do not exist in the template",
    );
  });
});

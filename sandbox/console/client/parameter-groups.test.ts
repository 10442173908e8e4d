import { expect, test } from "vitest";
import { parameterGroups } from "./parameter-groups";

const parameters = ["A", "B", "C"].map((ParameterKey) => ({
  ParameterKey,
  ParameterType: "String",
  NoEcho: false,
  ParameterConstraints: {},
}));
const shown = (metadata?: unknown) =>
  parameterGroups(parameters, metadata === undefined ? undefined : JSON.stringify(metadata)).map((group) => [
    group.label,
    group.parameters.map(({ ParameterKey }) => ParameterKey).join(),
  ]);
const grouped = (...ParameterGroups: unknown[]) => ({ "AWS::CloudFormation::Interface": { ParameterGroups } });

test("shows parameters in the template's groups, each once, and the forgotten ones last", () => {
  expect(shown(grouped({ Label: { default: "One" }, Parameters: ["C", "A", "C", "Nope"] }))).toEqual([
    ["One", "C,A"],
    ["Other parameters", "B"],
  ]);
});

test("passes over metadata that makes no sense", () => {
  for (const metadata of [undefined, {}, [], "x", grouped("x", null, { Parameters: "A" }, { Label: 1 })]) {
    expect(shown(metadata)).toEqual([["", "A,B,C"]]);
  }
});

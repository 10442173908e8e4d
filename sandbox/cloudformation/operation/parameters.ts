import type { ParameterRecord } from "../stack/state";
import { resolveParameters } from "../template/resolve-parameters";
import type { Template } from "../template/template";
import { validationError } from "../validation-error";
import { booleanOf, type Input, requiredString, stringOf, structuresOf } from "./input";

/** Reads the request's Parameters against the template, with the values the stack has had before. */
export function readParameters(input: Input, template: Template, previous: ParameterRecord[] = []): ParameterRecord[] {
  const given = structuresOf(input, "Parameters").map((item): [string, string] => {
    const key = requiredString(item, "ParameterKey");
    const value = stringOf(item, "ParameterValue");
    if (!booleanOf(item, "UsePreviousValue")) return [key, value ?? ""];
    if (value !== undefined) {
      throw invalid(key, "Cannot specify usePreviousValue as true together with a parameter value");
    }
    const before = previous.find((parameter) => parameter.key === key);
    if (!before) {
      throw invalid(key, "Cannot specify usePreviousValue as true for a parameter key not in the previous template");
    }
    return [key, before.value];
  });
  return [...resolveParameters(template, new Map(given))].map(([key, value]) => ({
    key,
    value,
    noEcho: template.parameters.get(key)?.noEcho ?? false,
  }));
}

export function parameterMap(parameters: ParameterRecord[]): Map<string, string> {
  return new Map(parameters.map(({ key, value }) => [key, value]));
}

function invalid(key: string, message: string) {
  return validationError(`Invalid input for parameter key ${key}. ${message}`);
}

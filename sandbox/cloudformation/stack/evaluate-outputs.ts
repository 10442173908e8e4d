import { evaluate } from "../template/evaluate";
import { isScalar, type Json } from "../template/json";
import type { Scope } from "../template/scope";
import { validationError } from "../validation-error";
import type { Blueprint } from "./blueprint";
import type { OutputRecord } from "./state";

export function evaluateOutputs({ template }: Blueprint, scope: Scope): OutputRecord[] {
  return [...template.outputs]
    .filter(([, { condition }]) => condition === undefined || scope.conditions.get(condition))
    .map(([key, output]) => ({
      key,
      value: text(key, evaluate(output.value, scope)),
      description: output.description,
      exportName: output.exportName === undefined ? undefined : text(key, evaluate(output.exportName, scope)),
    }));
}

function text(key: string, value: Json | undefined): string {
  if (isScalar(value)) return String(value);
  throw validationError(
    `Template format error: Output ${key} is malformed. The Value field of every Outputs member must evaluate to a String.`,
  );
}

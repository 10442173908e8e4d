import { formatError, templateError } from "../validation-error";
import { evaluate } from "./evaluate";
import { text } from "./functions";
import { isObject, type Json } from "./json";
import { intrinsic } from "./references";
import type { Scope } from "./scope";
import type { Template } from "./template";

/** Evaluates every condition of a template from its parameters and mappings. */
export function evaluateConditions(template: Template, scope: Omit<Scope, "conditions">): Map<string, boolean> {
  const known = new Map<string, boolean>();
  const test = (name: string, path: string[]): boolean => {
    const result = known.get(name);
    if (result !== undefined) return result;
    const definition = template.conditions.get(name);
    if (definition === undefined) {
      throw formatError(`Unresolved condition dependency ${name} in the Conditions block of the template`);
    }
    if (path.includes(name))
      throw templateError(`Found circular condition dependency: [${[...path, name].join(", ")}]`);
    const answer = evaluateCondition(definition, { ...scope, conditions: known }, (other) =>
      test(other, [...path, name]),
    );
    known.set(name, answer);
    return answer;
  };
  for (const name of template.conditions.keys()) test(name, []);
  return known;
}

function evaluateCondition(definition: Json, scope: Scope, test: (name: string) => boolean): boolean {
  const { name, argument } = conditionCall(definition);
  const operands = (least: number, most: number) => {
    const list = Array.isArray(argument) ? argument : [];
    if (list.length >= least && list.length <= most) return list;
    throw templateError(`${name} object requires a list of at least ${least} and at most ${most} parameters.`);
  };
  const holds = (operand: Json) => evaluateCondition(operand, scope, test);
  switch (name) {
    case "Condition":
      return test(String(argument));
    case "Fn::And":
      return operands(2, 10).map(holds).every(Boolean);
    case "Fn::Or":
      return operands(2, 10).map(holds).some(Boolean);
    case "Fn::Not":
      return operands(1, 1)
        .map(holds)
        .every((held) => !held);
    case "Fn::Equals": {
      const [left, right] = operands(2, 2).map((operand) => comparable(evaluate(operand, scope)));
      return left === right;
    }
    default:
      throw notACondition();
  }
}

function conditionCall(definition: Json): { name: string; argument: Json } {
  if (!isObject(definition)) throw notACondition();
  const { Condition, ...others } = definition;
  if (typeof Condition === "string" && Object.keys(others).length === 0)
    return { name: "Condition", argument: Condition };
  const call = intrinsic(definition);
  if (!call) throw notACondition();
  return call;
}

function comparable(value: Json | undefined): string {
  return Array.isArray(value) ? JSON.stringify(value) : text(value, "Fn::Equals");
}

function notACondition() {
  return formatError("Conditions can only be boolean operations on parameters and other conditions");
}

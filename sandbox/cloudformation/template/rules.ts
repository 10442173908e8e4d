import { formatError, templateError, validationError } from "../validation-error";
import { evaluate } from "./evaluate";
import { isObject, isScalar, type Json, type JsonObject, own } from "./json";
import { readObject, readText, refuseOtherKeys } from "./read-section";
import type { Scope } from "./scope";
import type { RuleDeclaration, Template } from "./template";

/** Functions that read the properties of resources of the account, which the sandbox does not have. */
const unsupported = ["Fn::RefAll", "Fn::ValueOf", "Fn::ValueOfAll"];

export function readRule(name: string, member: JsonObject): RuleDeclaration {
  refuseOtherKeys(member, ["RuleCondition", "Assertions"], (keys) => `Invalid template rule property '${keys}'`);
  const assertions = own(member, "Assertions");
  if (!Array.isArray(assertions) || !assertions.every(isObject)) {
    throw formatError(`[/Rules/${name}] Every Rules member must contain a list of Assertions.`);
  }
  return {
    ...("RuleCondition" in member ? { condition: readObject(member, "RuleCondition") } : {}),
    assertions: assertions.map((assertion) => ({
      assert: readObject(assertion, "Assert"),
      description: readText(assertion, "AssertDescription", name),
    })),
  };
}

/**
 * Refuses parameters that one of the template's rules does not allow.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 */
export function checkRules({ rules }: Template, scope: Scope): void {
  for (const [name, { condition, assertions }] of rules) {
    if (condition && !holds(condition, scope)) continue;
    const broken = assertions.find(({ assert }) => !holds(assert, scope));
    if (broken) throw templateError(broken.description ?? `the assertion of rule ${name} does not hold`);
  }
}

function holds(definition: Json, scope: Scope): boolean {
  const [name, argument] = isObject(definition) ? (Object.entries(definition)[0] ?? []) : [];
  if (name === undefined || !isObject(definition) || Object.keys(definition).length > 1) throw notARule();
  if (unsupported.includes(name)) throw validationError(`${name} is not supported by the sandbox`);
  const operands = Array.isArray(argument) ? argument : [];
  switch (name) {
    case "Fn::And":
      return operands.map((operand) => holds(operand, scope)).every(Boolean);
    case "Fn::Or":
      return operands.map((operand) => holds(operand, scope)).some(Boolean);
    case "Fn::Not":
      return !holds(operands[0] ?? "", scope);
    case "Fn::Equals": {
      const [left, right] = two(name, operands).map((operand) => texts(operand, scope));
      return JSON.stringify(left) === JSON.stringify(right);
    }
    default:
      return comparesLists(name, two(name, operands), scope);
  }
}

function comparesLists(name: string, [left, right]: [Json, Json], scope: Scope): boolean {
  const [first, second] = [texts(left, scope), texts(right, scope)];
  switch (name) {
    case "Fn::Contains":
      return second.every((item) => first.includes(item));
    case "Fn::EachMemberEquals":
      return first.every((item) => item === second[0]);
    case "Fn::EachMemberIn":
      return first.every((item) => second.includes(item));
    default:
      throw notARule();
  }
}

function two(name: string, [left, right, ...rest]: Json[]): [Json, Json] {
  if (left === undefined || right === undefined || rest.length > 0) {
    throw templateError(`${name} requires a list of two arguments in a rule`);
  }
  return [left, right];
}

function texts(operand: Json, scope: Scope): string[] {
  const value = evaluate(operand, scope);
  const items = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (isScalar(item)) return String(item);
    throw notARule();
  });
}

function notARule() {
  return formatError("Rules can only be boolean operations on parameters");
}

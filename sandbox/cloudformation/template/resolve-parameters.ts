import { validationError } from "../validation-error";
import type { Json } from "./json";
import { wholePattern } from "./read-parameter";
import type { ParameterDeclaration, Template } from "./template";

const maximumBytes = 4096;

/** Each parameter's text, from what was given and the defaults; refused as AWS does when one does not fit. */
export function resolveParameters(template: Template, given: Map<string, string>): Map<string, string> {
  const unknown = [...given.keys()].filter((name) => !template.parameters.has(name));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(", ")}] do not exist in the template`);
  const resolved = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, declaration] of template.parameters) {
    const value = given.get(name) ?? declaration.default;
    if (value === undefined) missing.push(name);
    else resolved.set(name, value);
  }
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(", ")}] must have values`);
  for (const [name, value] of resolved) check(name, value, template.parameters.get(name));
  return resolved;
}

/** What Ref of the parameter answers: a list for the list types. */
export function parameterValue(declaration: ParameterDeclaration, value: string): Json {
  return isList(declaration) ? members(value) : value;
}

function check(name: string, value: string, declaration: ParameterDeclaration | undefined): void {
  if (!declaration) return;
  if (Buffer.byteLength(value) > maximumBytes) {
    throw validationError(`Parameter '${name}' must be at most ${maximumBytes} bytes long`);
  }
  const values = isList(declaration) ? members(value) : [value];
  const fault = values.map((item) => faultOf(name, item, declaration)).find((text) => text !== undefined);
  if (fault === undefined) return;
  const { constraintDescription } = declaration;
  throw validationError(
    constraintDescription ? `Parameter ${name} failed to satisfy constraint: ${constraintDescription}` : fault,
  );
}

function faultOf(name: string, value: string, declaration: ParameterDeclaration): string | undefined {
  const { allowedValues, allowedPattern, minLength, maxLength } = declaration;
  if (allowedValues && !allowedValues.includes(value)) return `Parameter '${name}' must be one of AllowedValues`;
  if (declaration.type === "Number" || declaration.type === "List<Number>")
    return numberFault(name, value, declaration);
  if (minLength !== undefined && value.length < minLength) {
    return `Parameter '${name}' must contain at least ${minLength} characters`;
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `Parameter '${name}' must contain at most ${maxLength} characters`;
  }
  if (allowedPattern !== undefined && !wholePattern(allowedPattern, name).test(value)) {
    return `Parameter '${name}' must match pattern ${allowedPattern}`;
  }
  return undefined;
}

function numberFault(name: string, value: string, { minValue, maxValue }: ParameterDeclaration): string | undefined {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return `Parameter '${name}' must be a number`;
  if (minValue !== undefined && number < minValue)
    return `Parameter '${name}' must be a number not less than ${minValue}`;
  if (maxValue !== undefined && number > maxValue) {
    return `Parameter '${name}' must be a number not greater than ${maxValue}`;
  }
  return undefined;
}

function isList({ type }: ParameterDeclaration): boolean {
  return type === "CommaDelimitedList" || type === "List<Number>";
}

function members(value: string): string[] {
  return value === "" ? [] : value.split(",").map((item) => item.trim());
}

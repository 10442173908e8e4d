import { isObject } from "../template/json";
import { validationError } from "../validation-error";

export type Input = Record<string, unknown>;

/** Refuses what an operation of the sandbox does not understand, rather than acting as if it were not there. */
export function refuseUnsupported(input: Input, supported: readonly string[]): void {
  const others = Object.keys(input).filter((name) => !supported.includes(name) && isGiven(input[name]));
  if (others.length > 0) throw validationError(`Not supported by the sandbox: ${others.join(", ")}`);
}

export function stringOf(input: Input, name: string): string | undefined {
  const value = input[name];
  if (value === undefined) return undefined;
  if (typeof value !== "string") throw validationError(`${name} must be a string`);
  return value;
}

export function requiredString(input: Input, name: string): string {
  const value = stringOf(input, name);
  if (value !== undefined && value !== "") return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw validationError(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

export function booleanOf(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || typeof value === "boolean") return value;
  if (value === "true") return true;
  if (value === "false") return false;
  throw validationError(`${name} must be true or false`);
}

function listOf(input: Input, name: string): unknown[] {
  const value = input[name];
  if (!isGiven(value)) return [];
  if (Array.isArray(value)) return value;
  throw validationError(`${name} must be a list`);
}

export function stringsOf(input: Input, name: string): string[] {
  return listOf(input, name).map((item) => {
    if (typeof item !== "string") throw validationError(`${name} must be a list of strings`);
    return item;
  });
}

export function structuresOf(input: Input, name: string): Input[] {
  return listOf(input, name).map((item) => {
    if (!isObject(item)) throw validationError(`${name} must be a list of structures`);
    return item;
  });
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

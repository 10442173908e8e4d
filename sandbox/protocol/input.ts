import { AwsError } from "../service";

/** Reads one parameter; `undefined` stands for one that was not sent. */
export type Parameter<T> = (value: unknown, name: string) => T;

export type Values<S extends Record<string, Parameter<unknown>>> = { [K in keyof S]: ReturnType<S[K]> };

export interface TextOptions {
  minimum?: number;
  maximum?: number;
  pattern?: RegExp;
}

/**
 * Reads the input of an operation by its declared parameters. A parameter that the operation does not declare is one
 * that the sandbox does not support, so it is refused rather than ignored.
 */
export function read<S extends Record<string, Parameter<unknown>>>(
  input: Record<string, unknown>,
  parameters: S,
): Values<S> {
  const unknown = Object.keys(input).find((name) => input[name] !== undefined && !Object.hasOwn(parameters, name));
  if (unknown !== undefined) {
    throw new AwsError("NotImplemented", `The sandbox does not support the parameter ${unknown}.`, 501);
  }
  const values = Object.entries(parameters).map(([name, parameter]) => [name, parameter(input[name], name)]);
  return Object.fromEntries(values) as Values<S>;
}

export function text(options: TextOptions = {}): Parameter<string> {
  return (value, name) => {
    if (value === undefined) throw failed(name, value, "Member must not be null");
    if (typeof value !== "string") throw failed(name, value, "Member must be a string");
    const { minimum = 0, maximum = Number.POSITIVE_INFINITY, pattern } = options;
    if (value.length < minimum)
      throw failed(name, value, `Member must have length greater than or equal to ${minimum}`);
    if (value.length > maximum) throw failed(name, value, `Member must have length less than or equal to ${maximum}`);
    if (pattern && !pattern.test(value)) {
      throw failed(
        name,
        value,
        `Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, "")}`,
      );
    }
    return value;
  };
}

export function whole(minimum: number, maximum: number): Parameter<number> {
  return (value, name) => {
    if (value === undefined) throw failed(name, value, "Member must not be null");
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) throw failed(name, value, "Member must be an integer");
    if (number < minimum) throw failed(name, value, `Member must have value greater than or equal to ${minimum}`);
    if (number > maximum) throw failed(name, value, `Member must have value less than or equal to ${maximum}`);
    return number;
  };
}

export function flag(): Parameter<boolean> {
  return (value, name) => {
    const choice = String(value).toLowerCase();
    if (choice !== "true" && choice !== "false") throw failed(name, value, "Member must be a boolean");
    return choice === "true";
  };
}

export function optional<T>(parameter: Parameter<T>): Parameter<T | undefined> {
  return (value, name) => (value === undefined || value === null ? undefined : parameter(value, name));
}

/** A list; the query protocol sends an empty one as an empty text. */
export function list<T>(item: Parameter<T>, maximum: number): Parameter<T[]> {
  return (value, name) => {
    if (value === undefined || value === "") return [];
    if (!Array.isArray(value)) throw failed(name, value, "Member must be a list");
    if (value.length > maximum) throw failed(name, value, `Member must have length less than or equal to ${maximum}`);
    return value.map((member, index) => item(member, `${name}.${index + 1}.member`));
  };
}

export function structure<S extends Record<string, Parameter<unknown>>>(members: S): Parameter<Values<S>> {
  return (value, name) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw failed(name, value, "Member must be a structure");
    }
    return read(value as Record<string, unknown>, members);
  };
}

function failed(name: string, value: unknown, constraint: string): AwsError {
  const place = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const shown = value === undefined ? "null" : typeof value === "string" ? value : JSON.stringify(value);
  return new AwsError(
    "ValidationError",
    `1 validation error detected: Value '${shown}' at '${place}' failed to satisfy constraint: ${constraint}`,
  );
}

import { formatError, validationError } from "../validation-error";
import { type JsonObject, own } from "./json";
import { readNumber, readText, refuseOtherKeys } from "./read-section";
import type { ParameterDeclaration } from "./template";

const known = [
  "Type",
  "Default",
  "Description",
  "NoEcho",
  "AllowedValues",
  "AllowedPattern",
  "ConstraintDescription",
  "MinLength",
  "MaxLength",
  "MinValue",
  "MaxValue",
];

export function readParameter(name: string, member: JsonObject): ParameterDeclaration {
  refuseOtherKeys(member, known, (keys) => `Invalid template parameter property '${keys}'`);
  const text = (key: string) => readText(member, key, name);
  const number = (key: string) => readNumber(member, key, name);
  const allowedPattern = text("AllowedPattern");
  if (allowedPattern !== undefined) wholePattern(allowedPattern, name);
  return {
    type: readType(name, member),
    default: text("Default"),
    description: text("Description"),
    noEcho: text("NoEcho")?.toLowerCase() === "true",
    allowedValues: readAllowedValues(name, member),
    allowedPattern,
    constraintDescription: text("ConstraintDescription"),
    minLength: number("MinLength"),
    maxLength: number("MaxLength"),
    minValue: number("MinValue"),
    maxValue: number("MaxValue"),
  };
}

/** AllowedPattern describes the whole value, whether it is anchored or not. */
export function wholePattern(pattern: string, parameter: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw formatError(`Invalid AllowedPattern of parameter ${parameter}: ${pattern}`);
  }
}

function readType(name: string, member: JsonObject): ParameterDeclaration["type"] {
  const type = own(member, "Type");
  switch (type) {
    case undefined:
      throw formatError("Every Parameters object must contain a Type member.");
    case "String":
    case "Number":
    case "CommaDelimitedList":
    case "List<Number>":
      return type;
    default:
      if (/^(List<)?AWS::[A-Za-z0-9:]+(<.*>)?>?$/.test(String(type))) {
        throw validationError(`Parameter type ${String(type)} of ${name} is not supported by the sandbox`);
      }
      throw formatError(`Unrecognized parameter type: ${JSON.stringify(type)}`);
  }
}

function readAllowedValues(name: string, member: JsonObject): string[] | undefined {
  const values = own(member, "AllowedValues");
  if (values === undefined) return undefined;
  if (!Array.isArray(values)) throw formatError("Every AllowedValues member must be a list.");
  return values.map((value) => {
    if (typeof value === "object") throw formatError(`Every AllowedValues value must be a string. (${name})`);
    return String(value);
  });
}

import { templateError, validationError } from "../validation-error";
import { functionNames } from "./intrinsic-names";
import { isObject, type Json, type JsonObject, own } from "./json";
import { subArguments, substitute } from "./substitution";

/** A name that a value depends on: of a parameter, pseudo parameter or resource, with the attribute if one is read. */
export interface Reference {
  name: string;
  attribute?: string;
}

/** Which branch of `Fn::If` counts: both when checking a template, the active one when ordering its resources. */
export type Branches = (arms: { condition: string; yes: Json; no: Json }) => Json[];

export function ifArguments(argument: Json): { condition: string; yes: Json; no: Json } {
  const [condition, yes, no, ...rest] = Array.isArray(argument) ? argument : [];
  if (typeof condition !== "string" || yes === undefined || no === undefined || rest.length > 0) {
    throw templateError("Fn::If requires a list argument with the first parameter being a condition");
  }
  return { condition, yes, no };
}

export function getAttArguments(argument: Json): { resource: string; attribute: string } {
  const [resource, attribute, ...rest] = typeof argument === "string" ? splitOnce(argument) : list(argument);
  if (typeof resource !== "string" || typeof attribute !== "string" || !resource || !attribute || rest.length > 0) {
    throw templateError(
      "every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    );
  }
  return { resource, attribute };
}

export function splitOnce(text: string): [string, string?] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

/** Name and argument of a function such as `{ "Fn::Join": […] }`; undefined for an ordinary value. */
export function intrinsic(value: JsonObject): { name: string; argument: Json } | undefined {
  const [name, ...others] = Object.keys(value);
  const functions = Object.keys(value).filter((key) => key.startsWith("Fn::"));
  const unknown = functions.find((key) => !functionNames.some((known) => known === key));
  if (unknown) {
    throw validationError(
      `Template format error: Unrecognized function: Encountered unsupported function: ${unknown} Supported functions are: [${functionNames.join(", ")}]`,
    );
  }
  if (functions.length > 0 && others.length > 0) throw templateError(`${functions[0]} must stand alone in its object`);
  if (name === undefined || others.length > 0 || (name !== "Ref" && functions.length === 0)) return undefined;
  return { name, argument: own(value, name) ?? null };
}

export function references(value: Json, branches: Branches): Reference[] {
  if (Array.isArray(value)) return value.flatMap((item) => references(item, branches));
  if (!isObject(value)) return [];
  const call = intrinsic(value);
  if (!call) return Object.values(value).flatMap((item) => references(item, branches));
  switch (call.name) {
    case "Ref":
      if (typeof call.argument !== "string") throw templateError("every Ref object must have a single String value.");
      return [{ name: call.argument }];
    case "Fn::GetAtt": {
      const { resource, attribute } = getAttArguments(call.argument);
      return [{ name: resource, attribute }];
    }
    case "Fn::Sub":
      return ofSub(call.argument, branches);
    case "Fn::If":
      return branches(ifArguments(call.argument)).flatMap((arm) => references(arm, branches));
    default:
      return references(call.argument, branches);
  }
}

function ofSub(argument: Json, branches: Branches): Reference[] {
  const { text, variables } = subArguments(argument);
  const found: Reference[] = [];
  substitute(text, (inner) => {
    if (own(variables, inner) === undefined) {
      const [name, attribute] = inner.startsWith("AWS::") ? [inner] : splitOnce(inner);
      found.push({ name, attribute });
    }
    return "";
  });
  return [...found, ...Object.values(variables).flatMap((item) => references(item, branches))];
}

function list(argument: Json): Json[] {
  return Array.isArray(argument) ? argument : [];
}

import { templateError, validationError } from "../validation-error";
import { isObject, isScalar, type Json, own } from "./json";
import { getAttArguments, ifArguments, splitOnce } from "./references";
import type { Scope } from "./scope";
import { subArguments, substitute } from "./substitution";

/** Evaluates an argument; undefined means that it is AWS::NoValue. */
type Evaluate = (value: Json) => Json | undefined;
type IntrinsicFunction = (argument: Json, evaluate: Evaluate, scope: Scope) => Json | undefined;

export const functions: Record<string, IntrinsicFunction> = {
  Ref: (argument, _evaluate, scope) => ref(String(argument), scope),
  "Fn::GetAtt": (argument, _evaluate, scope) => {
    const { resource, attribute } = getAttArguments(argument);
    return getAtt(resource, attribute, scope);
  },
  "Fn::Sub": sub,
  "Fn::If": (argument, evaluate, scope) => {
    const { condition, yes, no } = ifArguments(argument);
    return evaluate(scope.conditions.get(condition) ? yes : no);
  },
  "Fn::Join": join,
  "Fn::Select": select,
  "Fn::Split": split,
  "Fn::FindInMap": findInMap,
  "Fn::Base64": (argument, evaluate) => Buffer.from(text(evaluate(argument), "Fn::Base64")).toString("base64"),
  "Fn::GetAZs": (argument, evaluate, scope) => {
    const region = text(evaluate(argument), "Fn::GetAZs") || scope.region;
    return ["a", "b", "c"].map((zone) => `${region}${zone}`);
  },
  "Fn::ImportValue": (argument, evaluate, scope) => {
    const name = text(evaluate(argument), "Fn::ImportValue");
    const value = scope.exported(name);
    if (value === undefined) throw validationError(`No export named ${name} found.`);
    return value;
  },
  "Fn::Cidr": () => {
    throw validationError("Template error: Fn::Cidr is not supported by the sandbox");
  },
};

function ref(name: string, scope: Scope): Json | undefined {
  if (name === "AWS::NoValue") return undefined;
  const value = scope.values.get(name) ?? scope.resource(name)?.ref;
  if (value === undefined) throw unresolved(name);
  return value;
}

function getAtt(resource: string, attribute: string, scope: Scope): Json {
  const found = scope.resource(resource);
  if (!found) throw unresolved(resource);
  const value = own(found.attributes, attribute);
  if (value === undefined) {
    throw templateError(`resource ${resource} does not support attribute type ${attribute} in Fn::GetAtt`);
  }
  return value;
}

function sub(argument: Json, evaluate: Evaluate, scope: Scope): Json {
  const { text: template, variables } = subArguments(argument);
  return substitute(template, (name) => {
    const variable = own(variables, name);
    if (variable !== undefined) return text(evaluate(variable), "Fn::Sub");
    const [resource, attribute] = name.startsWith("AWS::") ? [name] : splitOnce(name);
    return text(attribute === undefined ? ref(resource, scope) : getAtt(resource, attribute, scope), "Fn::Sub");
  });
}

function join(argument: Json, evaluate: Evaluate): Json {
  const [delimiter, values, ...rest] = Array.isArray(argument) ? argument : [];
  const items = values === undefined ? undefined : evaluate(values);
  if (typeof delimiter !== "string" || !Array.isArray(items) || rest.length > 0) {
    throw templateError(
      "every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    );
  }
  return items.map((item) => text(item, "Fn::Join")).join(delimiter);
}

function select(argument: Json, evaluate: Evaluate): Json {
  const [position, values, ...rest] = Array.isArray(argument) ? argument : [];
  const items = values === undefined ? undefined : evaluate(values);
  const index = position === undefined ? Number.NaN : Number(text(evaluate(position), "Fn::Select"));
  if (!Array.isArray(items) || !Number.isInteger(index) || rest.length > 0) {
    throw templateError("Fn::Select requires a list argument with two elements: an integer index and a list");
  }
  const item = items[index];
  if (item === undefined) throw templateError(`Fn::Select cannot select nonexistent value at index ${index}`);
  return item;
}

function split(argument: Json, evaluate: Evaluate): Json {
  const [delimiter, source, ...rest] = Array.isArray(argument) ? argument : [];
  if (typeof delimiter !== "string" || delimiter === "" || source === undefined || rest.length > 0) {
    throw templateError(
      "every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
    );
  }
  return text(evaluate(source), "Fn::Split").split(delimiter);
}

function findInMap(argument: Json, evaluate: Evaluate, scope: Scope): Json {
  if (!Array.isArray(argument) || argument.length !== 3) {
    throw templateError(
      "every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
    );
  }
  const [map = "", key = "", attribute = ""] = argument.map((item) => text(evaluate(item), "Fn::FindInMap"));
  const mapping = own(scope.mappings, map);
  if (!isObject(mapping)) {
    throw templateError(`Mapping named '${map}' is not present in the 'Mappings' section of template.`);
  }
  const values = own(mapping, key);
  const value = isObject(values) ? own(values, attribute) : undefined;
  if (value === undefined) throw templateError(`Unable to get mapping for ${map}::${key}::${attribute}`);
  return value;
}

/** A scalar as text; a function that needs text is given nothing else. */
export function text(value: Json | undefined, name: string): string {
  if (isScalar(value)) return String(value);
  throw templateError(`every argument of ${name} must resolve to a string`);
}

function unresolved(name: string) {
  return validationError(
    `Template format error: Unresolved resource dependencies [${name}] in the Resources block of the template`,
  );
}

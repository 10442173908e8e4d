import { templateError } from "../validation-error";
import { isObject, type Json, type JsonObject } from "./json";

const placeholder = /\$\{(!?)([^}]*)\}/g;
const variable = /^[A-Za-z0-9_.:]+$/;

/** The two arguments of Fn::Sub: its text and its own variables. */
export function subArguments(argument: Json): { text: string; variables: JsonObject } {
  const [text, variables = {}, ...rest] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== "string" || !isObject(variables) || rest.length > 0) {
    throw templateError(
      "One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
    );
  }
  return { text, variables };
}

/** Replaces each `${Name}`; `${!Name}` stands for itself without the exclamation mark. */
export function substitute(text: string, resolve: (name: string) => string): string {
  return text.replace(placeholder, (_all, literal: string, inner: string) => {
    if (literal) return `\${${inner}}`;
    const name = inner.trim();
    if (!variable.test(name)) {
      throw templateError(
        "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
      );
    }
    return resolve(name);
  });
}

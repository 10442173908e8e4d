import { templateError } from "../validation-error";
import { functions } from "./functions";
import { isObject, type Json } from "./json";
import { intrinsic } from "./references";
import type { Scope } from "./scope";

/** The value with all functions replaced by what they answer; undefined when it is AWS::NoValue. */
export function evaluate(value: Json, scope: Scope): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  const call = intrinsic(value);
  if (call) return evaluateCall(call, scope);
  const entries = Object.entries(value).map(([key, item]): [string, Json | undefined] => [key, evaluate(item, scope)]);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function evaluateCall({ name, argument }: { name: string; argument: Json }, scope: Scope): Json | undefined {
  const run = functions[name];
  if (!run) throw templateError(`${name} may only be used in the Conditions section`);
  return run(argument, (item) => evaluate(item, scope), scope);
}

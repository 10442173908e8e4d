import { isObject, type Json } from "../../template/json";

/** A value as custom resources are given it: numbers and booleans become text, at every depth. */
export function asText(value: Json): Json {
  if (Array.isArray(value)) return value.map(asText);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asText(item)]));
  return value === null ? null : String(value);
}

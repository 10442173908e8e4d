import { formatError } from "../validation-error";
import { isObject, type Json, type JsonObject } from "./json";
import { parseYaml } from "./parse-yaml";

/** Reads a template's text, JSON or YAML, into a document in which every function has its long form. */
export function parseTemplate(text: string): JsonObject {
  const document = text.trimStart().startsWith("{") ? parseJson(text) : parseYaml(text);
  if (!isObject(document)) throw formatError("unsupported structure.");
  refuseNull(document, "");
  return document;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const position = Number(/position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    const before = text.slice(0, position).split("\n");
    throw formatError(`JSON not well-formed. (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`);
  }
}

function refuseNull(value: Json, path: string): void {
  if (value === null) throw formatError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof value !== "object") return;
  for (const [key, item] of Object.entries(value)) refuseNull(item, `${path}/${key}`);
}

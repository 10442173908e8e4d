import { formatError, validationError } from "../validation-error";
import { isObject, type Json, type JsonObject, own } from "./json";

const logicalId = /^[A-Za-z0-9]{1,255}$/;

/** The members of a section such as `Parameters`, each an object with an alphanumeric logical ID. */
export function readMembers(template: JsonObject, section: string, kind: string, most: number): [string, JsonObject][] {
  const members = Object.entries(readObject(template, section));
  if (members.length > most) {
    throw formatError(
      `Number of ${section.toLowerCase()}, ${members.length}, is greater than maximum allowed, ${most}`,
    );
  }
  return members.map(([name, member]) => {
    if (!logicalId.test(name)) throw formatError(`${kind} name ${name} is non alphanumeric.`);
    if (!isObject(member)) throw formatError(`[/${section}/${name}] Every ${section} member must be an object.`);
    return [name, member];
  });
}

export function readObject(parent: JsonObject, key: string): JsonObject {
  const value = own(parent, key);
  if (value === undefined) return {};
  if (!isObject(value)) throw formatError(`[/${key}] must be an object.`);
  return value;
}

/** A string where the template may also hold a number or boolean, which AWS reads as its text. */
export function readText(parent: JsonObject, key: string, path: string): string | undefined {
  const value = own(parent, key);
  if (value === undefined || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw formatError(`Every ${key} member must be a string. (${path})`);
}

export function readNumber(parent: JsonObject, key: string, path: string): number | undefined {
  const text = readText(parent, key, path);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number))
    throw formatError(`Every ${key} member must be a number. (${path})`);
  return number;
}

export function readTexts(value: Json, path: string): string[] {
  return (Array.isArray(value) ? value : [value]).map((item) => {
    if (typeof item !== "string") throw formatError(`[${path}] must be a string or a list of strings.`);
    return item;
  });
}

export function refuseOtherKeys(parent: JsonObject, known: readonly string[], message: (keys: string) => string): void {
  const others = Object.keys(parent).filter((key) => !known.includes(key));
  if (others.length > 0) throw validationError(message(others.join(", ")));
}

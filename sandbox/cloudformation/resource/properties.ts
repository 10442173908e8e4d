import { isObject, isScalar, type Json, type JsonObject, own, sameJson } from "../template/json";
import { asText } from "./custom/as-text";
import type { PropertyRule, ResourceType } from "./resource-type";

/** Refuses properties that the type does not have and values of another kind; numbers become text where text is due. */
export function checkProperties(type: ResourceType, properties: JsonObject): JsonObject {
  for (const name of Object.keys(properties)) {
    if (!type.open && !own(type.properties, name)) throw new Error(`Encountered unsupported property ${name}`);
  }
  for (const [name, rule] of Object.entries(type.properties)) {
    if (rule.required && own(properties, name) === undefined) throw new Error(`Property ${name} cannot be empty.`);
  }
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [name, coerce(name, value, own(type.properties, name))]),
  );
}

function coerce(name: string, value: Json, rule: PropertyRule | undefined): Json {
  if (!rule) return asText(value);
  switch (rule.kind) {
    case "string":
      if (isScalar(value)) return String(value);
      throw new Error(`Value of property ${name} must be of type String`);
    case "integer":
      if (isScalar(value) && Number.isInteger(Number(value))) return Number(value);
      throw new Error(`Value of property ${name} must be of type Integer`);
    case "strings":
      if (Array.isArray(value) && value.every(isScalar)) return value.map(String);
      throw new Error(`Value of property ${name} must be of type List of String`);
    case "objects":
      if (Array.isArray(value) && value.every(isObject)) return value;
      throw new Error(`Value of property ${name} must be a list of objects`);
    case "document":
      return documentValue(name, value);
    default:
      if (isObject(value)) return value;
      throw new Error(`Value of property ${name} must be an object`);
  }
}

/** A document is an object or, as from Fn::Sub, the text of one. */
export function documentValue(name: string, value: Json): JsonObject {
  if (isObject(value)) return value;
  const parsed = typeof value === "string" ? parseJson(value) : undefined;
  if (isObject(parsed)) return parsed;
  throw new Error(`Value of property ${name} must be an object`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names of the properties that differ. */
export function changedProperties(before: JsonObject, after: JsonObject): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => !sameJson(own(before, name), own(after, name)));
}

export function needsReplacement(type: ResourceType, before: JsonObject, after: JsonObject): boolean {
  return changedProperties(before, after).some((name) => own(type.properties, name)?.replaces);
}

/** Why properties cannot become these, if they cannot. */
export function fixedReason(type: ResourceType, before: JsonObject, after: JsonObject): string | undefined {
  return changedProperties(before, after)
    .map((name) => own(type.properties, name)?.fixed)
    .find((reason) => reason !== undefined);
}

/** Whether the template chose the name and keeps it, so that a replacement would collide with the present one. */
export function keepsCustomName(type: ResourceType, before: JsonObject, after: JsonObject): boolean {
  return Object.entries(type.properties).some(
    ([name, rule]) => rule.names && own(after, name) !== undefined && sameJson(own(before, name), own(after, name)),
  );
}

export function stringOf(properties: JsonObject, name: string): string | undefined {
  const value = own(properties, name);
  return typeof value === "string" ? value : undefined;
}

export function stringsOf(properties: JsonObject, name: string): string[] {
  const value = own(properties, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function objectsOf(properties: JsonObject, name: string): JsonObject[] {
  const value = own(properties, name);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A policy document as the text that IAM takes. */
export function documentOf(properties: JsonObject, name: string): string | undefined {
  const value = own(properties, name);
  return value === undefined ? undefined : JSON.stringify(value);
}

import { type JsonObject, own } from "../template/json";
import { objectsOf } from "./properties";
import type { ResourceContext } from "./resource-type";

/** Tags of a resource: the stack's, overridden by its own. */
export function tagsOf(properties: JsonObject, { tags }: ResourceContext): { Key: string; Value: string }[] {
  const chosen = objectsOf(properties, "Tags").map(readTag);
  return [...new Map([...tags, ...chosen].map((tag) => [tag.Key, tag])).values()];
}

function readTag(tag: JsonObject): { Key: string; Value: string } {
  const key = own(tag, "Key");
  const value = own(tag, "Value");
  if (typeof key !== "string" || value === undefined) throw new Error("Each of Tags needs Key and Value");
  return { Key: key, Value: String(value) };
}

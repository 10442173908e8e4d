import type { Tag } from "../stack/state";
import { validationError } from "../validation-error";
import { type Input, requiredString, structuresOf } from "./input";

const mostTags = 50;

export function readTags(input: Input): Tag[] {
  const tags = structuresOf(input, "Tags").map((tag) => ({
    Key: requiredString(tag, "Key"),
    Value: String(tag.Value ?? ""),
  }));
  if (tags.length > mostTags) throw validationError(`A stack can have at most ${mostTags} tags`);
  return tags;
}

import { AwsError } from "../service";
import type { Tag } from "./entities";

const MAXIMUM_TAGS = 50;

/** Keys are compared without regard to case; a tag given again takes the new value. */
export function withTags(before: Tag[], added: Tag[]): Tag[] {
  const keys = added.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw new AwsError("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
  }
  const tags = [...before.filter(({ Key }) => !keys.includes(Key.toLowerCase())), ...added];
  if (tags.length > MAXIMUM_TAGS) {
    throw new AwsError("LimitExceeded", "The number of tags has reached the maximum limit.", 409);
  }
  return tags;
}

export function requestTagKeys(tags: Tag[]): Record<string, string | string[]> {
  if (tags.length === 0) return {};
  return {
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
    "aws:TagKeys": tags.map(({ Key }) => Key),
  };
}

export function resourceTagKeys(tags: Tag[]): Record<string, string> {
  return Object.fromEntries(
    tags.flatMap(({ Key, Value }) => [
      [`aws:ResourceTag/${Key}`, Value],
      [`iam:ResourceTag/${Key}`, Value],
    ]),
  );
}

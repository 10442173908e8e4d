import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, page, pageOf, parse } from "./input";

const schema = z.strictObject({ KeyId: keyId, ...page });

export function listResourceTags(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Limit, Marker } = parse(schema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:ListResourceTags", { key }, context);
  const { items, ...more } = pageOf(key.tags, Limit, Marker);
  return { Tags: items, ...more };
}

import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";

const schema = z.strictObject({ KeyId: keyId });

export function disableKey(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(schema, input).KeyId, context);
  authorizeKey("kms:DisableKey", { key }, context);
  requireNotPendingDeletion(key);
  key.state = "Disabled";
  return {};
}

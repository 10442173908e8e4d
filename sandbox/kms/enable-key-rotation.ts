import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireEnabled } from "./key-state";
import { nextRotation } from "./rotation";

const schema = z.strictObject({ KeyId: keyId, RotationPeriodInDays: z.number().int().min(90).max(2560).default(365) });

export function enableKeyRotation(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, RotationPeriodInDays: periodInDays } = parse(schema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:EnableKeyRotation", { key }, context);
  requireEnabled(key);
  key.rotation = { periodInDays, next: nextRotation(context.now().getTime(), periodInDays) };
  return {};
}

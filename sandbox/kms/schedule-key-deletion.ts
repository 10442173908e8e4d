import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireNotPendingDeletion } from "./key-state";
import { keyArn } from "./state";

const DAY = 86_400_000;

const schema = z.strictObject({ KeyId: keyId, PendingWindowInDays: z.number().int().min(7).max(30).default(30) });

export function scheduleKeyDeletion(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, PendingWindowInDays } = parse(schema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:ScheduleKeyDeletion", { key }, context);
  requireNotPendingDeletion(key);
  const deletion = context.now().getTime() + PendingWindowInDays * DAY;
  key.state = "PendingDeletion";
  key.deletion = deletion;
  return { KeyId: keyArn(key), DeletionDate: deletion / 1000, KeyState: key.state, PendingWindowInDays };
}

import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { setKeyPolicy } from "./key-policy";
import { requireNotPendingDeletion } from "./key-state";

const schema = z.strictObject({
  KeyId: keyId,
  PolicyName: z.literal("default").optional(),
  Policy: z.string().min(1).max(131072),
  BypassPolicyLockoutSafetyCheck: z.boolean().default(false),
});

export function putKeyPolicy(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, Policy, BypassPolicyLockoutSafetyCheck } = parse(schema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:PutKeyPolicy", { key }, context);
  requireNotPendingDeletion(key);
  setKeyPolicy(key, { policy: Policy, bypassLockoutCheck: BypassPolicyLockoutSafetyCheck }, context);
  return {};
}

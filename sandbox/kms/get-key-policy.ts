import { z } from "zod";
import { shownPolicy } from "../iam/trust-policy";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";

const schema = z.strictObject({ KeyId: keyId, PolicyName: z.literal("default").default("default") });

export function getKeyPolicy(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, PolicyName } = parse(schema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:GetKeyPolicy", { key }, context);
  return { Policy: shownPolicy(key.policy, key.principalIds, context.store), PolicyName };
}

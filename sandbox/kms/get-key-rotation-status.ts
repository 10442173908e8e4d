import { z } from "zod";
import type { RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { keyArn } from "./state";

const schema = z.strictObject({ KeyId: keyId });

export function getKeyRotationStatus(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(schema, input).KeyId, context);
  authorizeKey("kms:GetKeyRotationStatus", { key }, context);
  return {
    KeyId: keyArn(key),
    KeyRotationEnabled: key.rotation !== undefined,
    ...(key.rotation && {
      RotationPeriodInDays: key.rotation.periodInDays,
      NextRotationDate: key.rotation.next / 1000,
    }),
  };
}

import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireEnabled } from "./key-state";
import { rotate } from "./rotation";
import { keyArn } from "./state";

const MAXIMUM_ROTATIONS = 25;

const schema = z.strictObject({ KeyId: keyId });

export function rotateKeyOnDemand(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(schema, input).KeyId, context);
  authorizeKey("kms:RotateKeyOnDemand", { key }, context);
  requireEnabled(key);
  if (key.rotatedOnDemand >= MAXIMUM_ROTATIONS) {
    throw new AwsError("LimitExceededException", `A key can be rotated on demand at most ${MAXIMUM_ROTATIONS} times.`);
  }
  rotate(key);
  key.rotatedOnDemand += 1;
  return { KeyId: keyArn(key) };
}

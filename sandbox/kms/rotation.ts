import { randomBytes } from "node:crypto";
import { z } from "zod";
import { AwsError, type RequestContext } from "../service";
import { authorizeKey } from "./authorize";
import { findKeyById } from "./find-key";
import { keyId, parse } from "./input";
import { requireEnabled } from "./key-state";
import { type Key, keyArn } from "./state";

const DAY = 86_400_000;
const KEY_BYTES = 32;
const MAXIMUM_ROTATIONS = 25;

const keyAlone = z.strictObject({ KeyId: keyId });
const enableSchema = z.strictObject({
  KeyId: keyId,
  RotationPeriodInDays: z.number().int().min(90).max(2560).default(365),
});

export function enableKeyRotation(input: Record<string, unknown>, context: RequestContext) {
  const { KeyId, RotationPeriodInDays: periodInDays } = parse(enableSchema, input);
  const key = findKeyById(KeyId, context);
  authorizeKey("kms:EnableKeyRotation", { key }, context);
  requireEnabled(key);
  key.rotation = { periodInDays, next: nextRotation(context.now().getTime(), periodInDays) };
  return {};
}

export function getKeyRotationStatus(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(keyAlone, input).KeyId, context);
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

export function rotateKeyOnDemand(input: Record<string, unknown>, context: RequestContext) {
  const key = findKeyById(parse(keyAlone, input).KeyId, context);
  authorizeKey("kms:RotateKeyOnDemand", { key }, context);
  requireEnabled(key);
  if (key.rotatedOnDemand >= MAXIMUM_ROTATIONS) {
    throw new AwsError("LimitExceededException", `A key can be rotated on demand at most ${MAXIMUM_ROTATIONS} times.`);
  }
  rotate(key);
  key.rotatedOnDemand += 1;
  return { KeyId: keyArn(key) };
}

function rotate(key: Key): void {
  key.material.push(randomBytes(KEY_BYTES).toString("base64"));
}

function nextRotation(from: number, periodInDays: number): number {
  return from + periodInDays * DAY;
}

/** New material for a key whose rotation period is over; old material stays, to decrypt what it encrypted. */
export function rotateIfDue(key: Key, context: RequestContext): void {
  const now = context.now().getTime();
  if (!key.rotation || now < key.rotation.next) return;
  rotate(key);
  key.rotation.next = nextRotation(now, key.rotation.periodInDays);
}

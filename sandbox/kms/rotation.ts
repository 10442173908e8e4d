import { randomBytes } from "node:crypto";
import type { RequestContext } from "../service";
import type { Key } from "./state";

const DAY = 86_400_000;
const KEY_BYTES = 32;

export function rotate(key: Key): void {
  key.material.push(randomBytes(KEY_BYTES).toString("base64"));
}

export function nextRotation(from: number, periodInDays: number): number {
  return from + periodInDays * DAY;
}

/** New material for a key whose rotation period is over; old material stays, to decrypt what it encrypted. */
export function rotateIfDue(key: Key, context: RequestContext): void {
  const now = context.now().getTime();
  if (!key.rotation || now < key.rotation.next) return;
  rotate(key);
  key.rotation.next = nextRotation(now, key.rotation.periodInDays);
}

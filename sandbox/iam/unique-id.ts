import { randomBytes } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** A unique ID or access key ID: the prefix of its kind and random characters, never given out twice. */
export function uniqueId(prefix: "AROA" | "ANPA" | "AIPA" | "ASIA", length = 17): string {
  return prefix + Array.from(randomBytes(length), (byte) => alphabet.charAt(byte % alphabet.length)).join("");
}

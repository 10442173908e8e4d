import { CrossAccountError } from "./errors";
import { type RandomBytes, systemRandomBytes } from "./random";

const randomLength = 16;

/**
 * A new external ID: the prefix, a hyphen and 128 random bits in hex.
 * @throws CrossAccountError `external-id-unavailable` when there is no randomness; there is no second-best way
 */
export function generateExternalId(prefix: string, randomBytes: RandomBytes = systemRandomBytes): string {
  return `${prefix}-${Buffer.from(freshBytes(randomBytes)).toString("hex")}`;
}

/** Anchored pattern of this vendor's external IDs, in the syntax that JavaScript and CloudFormation share. */
export function externalIdPattern(prefix: string): string {
  return `^${prefix.replace(/[+.]/g, "\\$&")}-[0-9a-f]{32}$`;
}

function freshBytes(randomBytes: RandomBytes): Uint8Array {
  const bytes = readBytes(randomBytes);
  // 16 equal bytes come from a broken generator: by chance this happens once in 2^120 times.
  const broken = bytes.length !== randomLength || bytes.every((byte) => byte === bytes[0]);
  if (broken) throw unavailable();
  return bytes;
}

function readBytes(randomBytes: RandomBytes): Uint8Array {
  try {
    return randomBytes(randomLength);
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause?: unknown): CrossAccountError {
  return new CrossAccountError(
    "external-id-unavailable",
    "No external ID could be made because the system's random number generator gave no usable bytes. Nothing was stored. Try again; if it happens again, check the server.",
    { cause },
  );
}

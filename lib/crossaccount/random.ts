import { randomBytes } from "node:crypto";

/** A source of `size` cryptographically random bytes. */
export type RandomBytes = (size: number) => Uint8Array;

/** The operating system's generator. */
export const systemRandomBytes: RandomBytes = (size) => randomBytes(size);

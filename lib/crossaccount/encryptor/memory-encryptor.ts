import { randomBytes } from "node:crypto";
import type { Encryptor } from "../types";
import { createLocalEncryptor } from "./local-encryptor";

/** Encryptor whose key lives and dies with the process: goes with a storage that does the same. */
export function createMemoryEncryptor(): Encryptor {
  return createLocalEncryptor({ keys: [{ id: "process", key: randomBytes(32) }] });
}

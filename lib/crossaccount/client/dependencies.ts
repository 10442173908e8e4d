import { setTimeout as delay } from "node:timers/promises";
import { createMemoryAccessLog } from "../access-log/memory-access-log";
import { createAwsClients } from "../aws-clients";
import type { CrossAccountClientOptions } from "../client-types";
import type { CrossAccountConfig } from "../config";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { systemRandomBytes } from "../random";
import { createMemoryStorage } from "../storage/memory-storage";
import type { CredentialStorage, Encryptor } from "../types";
import type { VerifyDependencies } from "../verification/request";

/** What the client's methods work with. */
export interface ClientDependencies extends VerifyDependencies {
  storage: CredentialStorage;
  encryptor: Encryptor;
  consoleUrl?: string;
}

/** Fills in what was not given; storage, encryptor and access log then live in memory. */
export function resolveDependencies(
  config: CrossAccountConfig,
  options: CrossAccountClientOptions,
): ClientDependencies {
  return {
    config,
    storage: options.storage ?? createMemoryStorage(),
    encryptor: options.encryptor ?? createMemoryEncryptor(),
    accessLog: options.accessLog ?? createMemoryAccessLog(),
    aws: createAwsClients(options.aws),
    consoleUrl: options.consoleUrl,
    clock: options.clock ?? (() => new Date()),
    randomBytes: options.randomBytes ?? systemRandomBytes,
    jitter: options.jitter ?? Math.random,
    sleep: options.sleep ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
  };
}

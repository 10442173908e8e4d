import { setTimeout as delay } from "node:timers/promises";
import { createAwsClients } from "../aws/clients";
import type { CrossAccountConfig } from "../config/config";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { systemRandomBytes } from "../random";
import type { SessionsDependencies } from "../sessions/sessions";
import { checkedStorage } from "../storage/checked-storage";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryRegistry } from "../storage/memory-registry";
import { createMemoryStorage, isMemoryStorage } from "../storage/memory-storage";
import type { VerifyDependencies } from "../verification/request";
import { createTemplateUrls, type TemplateUrls } from "./template-urls";
import type { CrossAccountClientOptions } from "./types";

const ATTEMPT_MILLISECONDS = 3_000;
const DEADLINE_MILLISECONDS = 10_000;
const MOST_SESSIONS = 20_000;

/** What the client's methods work with. */
export interface ClientDependencies extends VerifyDependencies, SessionsDependencies {
  consoleUrl?: string;
  templateUrls: TemplateUrls;
}

/** Fills in what was not given; storage, encryptor and access log then live in memory. */
export function resolveDependencies(
  config: CrossAccountConfig,
  options: CrossAccountClientOptions,
): ClientDependencies {
  const given = options.storage ?? createMemoryStorage();
  const encryptor = options.encryptor ?? createMemoryEncryptor();
  const aws = createAwsClients(options.aws);
  return {
    config,
    storage: checkedStorage(given),
    encryptor,
    registry: options.registry ?? (isMemoryStorage(given) ? createMemoryRegistry(given, encryptor) : undefined),
    accessLog: options.accessLog ?? createMemoryAccessLog(),
    aws,
    templateUrls: createTemplateUrls({ config, aws }),
    consoleUrl: options.consoleUrl,
    watch: options.watch,
    statusMaxAgeMs: options.statusMaxAgeMs ?? 0,
    maxSessions: options.maxSessions ?? MOST_SESSIONS,
    attemptMs: options.attemptMs ?? ATTEMPT_MILLISECONDS,
    deadlineMs: options.deadlineMs ?? DEADLINE_MILLISECONDS,
    clock: options.clock ?? (() => new Date()),
    randomBytes: options.randomBytes ?? systemRandomBytes,
    jitter: options.jitter ?? Math.random,
    sleep: options.sleep ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
  };
}

import { setTimeout as delay } from "node:timers/promises";
import { type AwsClients, createAwsClients } from "../aws/clients";
import type { CrossAccountConfig } from "../config/config";
import { checkedEncryptor } from "../encryptor/checked-encryptor";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import { CrossAccountError } from "../errors";
import type { SessionsDependencies } from "../sessions/sessions";
import { completeTuning } from "../sessions/tuning";
import { checkedRegistry } from "../storage/checked-registry";
import { checkedStorage } from "../storage/checked-storage";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryRegistry } from "../storage/memory-registry";
import { createMemoryStorage, isMemoryStorage } from "../storage/memory-storage";
import type { VerifyDependencies } from "../verification/request";
import { createTemplateUrls, type TemplateUrls } from "./template-urls";
import type { CrossAccountClientOptions } from "./types";

/** What the client's methods work with. */
export interface ClientDependencies extends VerifyDependencies, SessionsDependencies {
  aws: AwsClients;
  config: CrossAccountConfig;
  consoleUrl?: string;
  templateUrls: TemplateUrls;
}

/** Fills in what was not given; storage, encryptor and access log then live in memory. */
export function resolveDependencies(
  config: CrossAccountConfig,
  options: CrossAccountClientOptions,
): ClientDependencies {
  requireConfig(config);
  const given = options.storage ?? createMemoryStorage();
  const encryptor = checkedEncryptor(options.encryptor ?? createMemoryEncryptor());
  const registry = options.registry ?? (isMemoryStorage(given) ? createMemoryRegistry(given, encryptor) : undefined);
  const aws = createAwsClients(options.aws);
  return {
    config,
    storage: checkedStorage(given),
    encryptor,
    registry: registry && checkedRegistry(registry),
    accessLog: options.accessLog ?? createMemoryAccessLog(),
    aws,
    templateUrls: createTemplateUrls({ config, aws }),
    consoleUrl: options.consoleUrl,
    ...completeTuning(options),
    sleep: options.sleep ?? ((milliseconds, signal) => delay(milliseconds, undefined, { signal })),
  };
}

/** A declaration that nothing has checked lacks its defaults, so what is missing of it would show late and elsewhere. */
function requireConfig(config: Partial<CrossAccountConfig> | undefined): void {
  if (typeof config?.setupExpiresAfterSeconds === "number") return;
  const message =
    "The client takes what defineConfig makes of a declaration: createCrossAccountClient(defineConfig({ … })).";
  throw new CrossAccountError("config-invalid", message);
}

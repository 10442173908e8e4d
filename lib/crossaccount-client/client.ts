import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { accessLog } from "@/lib/access-log/services";
import { config } from "@/lib/config";
import { type CrossAccountClient, type CrossAccountClientOptions, createCrossAccountClient } from "@/lib/crossaccount";
import { databaseTime } from "@/lib/database-time";
import { db, newListeningClient } from "@/lib/db";
import { env, proxyEnvironment } from "@/lib/env";
import { logFailure } from "@/lib/log-failure";
import { createConnectionWatch } from "./connection-watch";
import { digester, encryptor } from "./encryption";
import { createRegistry } from "./registry";
import { readRoleArn } from "./secrets";
import { createStorage } from "./storage";

/** A sandbox has a console of its own. */
export const consoleUrl = env.CROSSACCOUNT_AWS === "sandbox" ? `${env.AWS_ENDPOINT_URL}/console` : undefined;

/** What every client of customers' accounts works with. The vendor's credentials come by the SDK's own chain. */
export const clientOptions = {
  storage: createStorage({ database: db, encryptor, digester }),
  encryptor,
  accessLog,
  registry: createRegistry({ database: db, digester, externalIdPrefix: config.externalIdPrefix, readRoleArn }),
  aws: { endpoint: env.AWS_ENDPOINT_URL, proxyEnv: proxyEnvironment(env) },
  consoleUrl,
  clock: databaseTime,
} satisfies CrossAccountClientOptions;

/** The client that people and services use. */
export const crossAccount: CrossAccountClient = createCrossAccountClient(config, {
  ...clientOptions,
  watch: createConnectionWatch({
    newClient: newListeningClient,
    onChange: (customerId, connectionId) => crossAccount.invalidate(customerId, connectionId),
    onFault: (error) => logFailure(error, "connections' changes are not heard; their status is read on each use"),
    now: () => performance.now(),
    wait: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
    jitter: Math.random,
  }),
});

import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { accessLog } from "@/lib/access-log/services";
import { config } from "@/lib/config";
import {
  type CrossAccountClient,
  type CrossAccountClientOptions,
  createCrossAccountClient,
  createDigester,
  createKmsEncryptor,
  createLocalEncryptor,
  type Encryptor,
} from "@/lib/crossaccount";
import { db, newListeningClient } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { createConnectionWatch } from "./connection-watch";
import { createRegistry } from "./registry";
import { createStorage } from "./storage";

/** Encrypts role ARNs, external IDs and what checks found. */
export const encryptor: Encryptor = env.KMS_KEY_ID
  ? createKmsEncryptor({ keyId: env.KMS_KEY_ID })
  : createLocalEncryptor({ keys: env.ENCRYPTION_KEYS ?? [] });

/** Its key outlives those of the encryptor, or a changed key ring would let a duplicate in. */
export const digester = createDigester({ keys: [Buffer.from(env.AUTH_SECRET)] });

/** A sandbox has a console of its own. */
export const consoleUrl = env.CROSSACCOUNT_AWS === "sandbox" ? `${env.AWS_ENDPOINT_URL}/console` : undefined;

/** What every client of customers' accounts works with. The vendor's credentials come by the SDK's own chain. */
export const clientOptions = {
  storage: createStorage({ database: db, encryptor, digester }),
  encryptor,
  accessLog,
  registry: createRegistry({
    database: db,
    digester,
    externalIdPrefix: config.externalIdPrefix,
    readRoleArn: ({ roleArnCiphertext, customerId, id: connectionId }) =>
      roleArnCiphertext
        ? encryptor.decrypt(roleArnCiphertext, { customerId, connectionId, field: "roleArn" })
        : Promise.resolve(null),
  }),
  aws: { endpoint: env.AWS_ENDPOINT_URL },
  consoleUrl,
} satisfies CrossAccountClientOptions;

/** The client that people and services use. */
export const crossAccount: CrossAccountClient = createCrossAccountClient(config, {
  ...clientOptions,
  watch: createConnectionWatch({
    newClient: newListeningClient,
    onChange: (customerId, connectionId) => crossAccount.invalidate(customerId, connectionId),
    onFault: (error) =>
      log.warn({ err: error }, "connections' changes are not heard; their status is read on each use"),
    now: () => performance.now(),
    wait: (milliseconds) => delay(milliseconds, undefined, { ref: false }),
    jitter: Math.random,
  }),
});

import { join } from "node:path";
import { z } from "zod";
import { type KeyRing, keyRingOf } from "@/lib/access-log/key-ring";
import { databaseAddress } from "@/lib/database-address";
import { encryptionKeys } from "@/lib/encryption-keys";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { prismaAdapter } from "@/lib/postgres";
import type { Environment } from "./processes";
import { runningDatabase } from "./running-database";

/** All that the log's own commands need, so that an auditor can run them without the rest of the portal's environment. */
const schema = z.object({
  DATABASE_URL: databaseAddress,
  AUTH_SECRET: z.string().min(32),
  ENCRYPTION_KEYS: encryptionKeys.optional(),
  ACCESS_LOG_CHECKPOINT_FILE: z.string().optional(),
});

export interface AccessLogAccess {
  database: PrismaClient;
  keys: KeyRing;
  /** Where the portal writes its checkpoints, as its environment says. */
  checkpointFile?: string;
}

/** From the environment; where it names no database, those of the machine on which `script/server` runs. */
export async function accessLogAccess(environment: Environment): Promise<AccessLogAccess> {
  const given = environment.DATABASE_URL ? environment : { ...(await localEnvironment(environment)), ...environment };
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const fault = parsed.error.issues.find(({ code }) => code === "custom");
    if (fault) throw new Error(`${fault.path.join(".")} ${fault.message}.`);
    const names = parsed.error.issues.map(({ path }) => path.join("."));
    throw new Error(`${names.join(", ")} must be set as for the portal.`);
  }
  const { DATABASE_URL, AUTH_SECRET, ENCRYPTION_KEYS = [], ACCESS_LOG_CHECKPOINT_FILE } = parsed.data;
  return {
    database: new PrismaClient({ adapter: prismaAdapter({ connectionString: DATABASE_URL, max: 2 }) }),
    keys: keyRingOf({ encryptionKeys: ENCRYPTION_KEYS, authSecret: AUTH_SECRET }),
    ...(ACCESS_LOG_CHECKPOINT_FILE && { checkpointFile: ACCESS_LOG_CHECKPOINT_FILE }),
  };
}

async function localEnvironment({ CROSSACCOUNT_DATA = ".data" }: Environment): Promise<Environment> {
  const { secrets, databaseUrl } = await runningDatabase(CROSSACCOUNT_DATA);
  return {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: secrets.authSecret,
    ENCRYPTION_KEYS: secrets.encryptionKeys,
    ACCESS_LOG_CHECKPOINT_FILE: join(CROSSACCOUNT_DATA, "access-log-checkpoints"),
  };
}

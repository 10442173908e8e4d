import "server-only";
import type { AccessLog } from "@/lib/crossaccount";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { createCheckpointSink } from "./checkpoint-sink";
import { keyRingOf } from "./key-ring";
import { type AccessLogDependencies, createAccessLog } from "./prisma-access-log";

/** What this deployment's access log works with. */
export const accessLogDependencies: AccessLogDependencies = {
  database: db,
  keys: keyRingOf({ encryptionKeys: env.ENCRYPTION_KEYS ?? [], authSecret: env.AUTH_SECRET }),
  clock: databaseTime,
  onCheckpoint: createCheckpointSink({ log, file: env.ACCESS_LOG_CHECKPOINT_FILE }),
};

export const accessLog: AccessLog = createAccessLog(accessLogDependencies);

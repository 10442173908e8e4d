import "server-only";
import { appendFile } from "node:fs/promises";
import type { Logger } from "pino";
import type { Checkpoint } from "./chain";

/**
 * Takes checkpoints out of the database: a line each in the log, and in a file where one is named. Whoever puts an older copy
 * of the database back, head and all, cannot put those back too.
 */
export function createCheckpointSink({ log, file }: { log: Logger; file?: string | undefined }) {
  return async (accessLogCheckpoint: Checkpoint): Promise<void> => {
    log.info({ accessLogCheckpoint }, "access log checkpoint");
    if (!file) return;
    try {
      await appendFile(file, `${JSON.stringify({ accessLogCheckpoint })}\n`);
    } catch (error) {
      log.error({ err: error }, "the access log's checkpoint file could not be written");
    }
  };
}

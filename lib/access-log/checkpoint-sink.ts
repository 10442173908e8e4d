import "server-only";
import { appendFile } from "node:fs/promises";
import type { Logger } from "pino";
import type { Checkpoint } from "./chain";

/**
 * Takes checkpoints out of the database: a line each in the log, and in a file where one is named. Whoever puts an older copy
 * of the database back, head and all, cannot put those back too.
 */
export function createCheckpointSink({ log, file }: { log: Logger; file?: string | undefined }) {
  // A line that was cut off, by a killed process or a full disk, must not run into the next one.
  let begin = "\n";
  return async (accessLogCheckpoint: Checkpoint): Promise<void> => {
    log.info({ accessLogCheckpoint }, "access log checkpoint");
    if (!file) return;
    try {
      await appendFile(file, `${begin}${JSON.stringify({ accessLogCheckpoint })}\n`);
      begin = "";
    } catch (error) {
      begin = "\n";
      log.error({ err: error }, "the access log's checkpoint file could not be written");
    }
  };
}

import { parseArgs } from "node:util";
import { pino } from "pino";
import { endOnSignal } from "@/dev/local/end-on-signal";
import { createCheckpointSink } from "@/lib/access-log/checkpoint-sink";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogAccess } from "../dev/local/access-log-access";

endOnSignal();

/** `npm run prune-access-log -- [--days 400]` removes entries that are older, as the worker does every day. */
try {
  const { values } = parseArgs({ options: { days: { type: "string" } } });
  const retentionDays = Number(values.days ?? process.env.ACCESS_LOG_RETENTION_DAYS ?? 400);
  if (!Number.isInteger(retentionDays) || retentionDays < 1) throw new Error("--days must be a whole number from 1.");
  const { database, keys, checkpointFile } = await accessLogAccess(process.env);
  const onCheckpoint = createCheckpointSink({
    log: pino(pino.destination(2)),
    file: checkpointFile,
  });
  try {
    const dependencies = { database, keys, clock: () => new Date(), onCheckpoint };
    const { entries, tampered } = await pruneAccessLog(dependencies, { retentionDays });
    console.error(`Removed ${entries} entries older than ${retentionDays} days.`);
    for (const connectionId of tampered)
      console.error(`Kept those of ${connectionId}, which were changed: run npm run verify-access-log.`);
    process.exitCode = tampered.length > 0 ? 1 : 0;
  } finally {
    await database.$disconnect();
  }
} catch (error) {
  console.error(`The access log could not be pruned: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

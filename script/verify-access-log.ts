import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { pino } from "pino";
import { endOnSignal } from "@/dev/local/end-on-signal";
import { createCheckpointSink } from "@/lib/access-log/checkpoint-sink";
import { describeReport } from "@/lib/access-log/describe-report";
import { mendTimes } from "@/lib/access-log/mend-times";
import { signHeadsAnew } from "@/lib/access-log/sign-anew";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { accessLogAccess } from "../dev/local/access-log-access";

endOnSignal();

const usage = `npm run verify-access-log -- [--checkpoints FILE]... [--sign-anew] [--mend-times] [--json]

Checks that the access log of every connection is as the portal wrote it, and that every use of a role that the portal knows of
otherwise is in it.
  --checkpoints FILE   compare with checkpoints that were exported, in the portal's log or in a checkpoint file; - is standard
                       input. Without this option, with those of ACCESS_LOG_CHECKPOINT_FILE, where that is set. Without either,
                       a whole log that was put back to an earlier state cannot be told from a whole one
  --sign-anew          then sign the heads by the first key of ENCRYPTION_KEYS, before an older one leaves it
  --mend-times         first store the times right that an earlier version stored off by the database's time zone; each is proven
                       by what was signed, and nothing else is changed
  --json               print the report as JSON
Exit code: 0 the log is whole as far as can be known, 1 it is not, 2 it could not be checked, also because a checkpoint file
cannot be read.
`;

try {
  const { values } = parseArgs({
    options: {
      checkpoints: { type: "string", multiple: true, default: [] },
      "sign-anew": { type: "boolean", default: false },
      "mend-times": { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  process.exitCode = values.help ? print(usage) : await verify(values);
} catch (error) {
  console.error(`The access log could not be checked: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

interface Options {
  checkpoints: string[];
  json: boolean;
  "sign-anew": boolean;
  "mend-times": boolean;
}

async function verify({ checkpoints, json, "sign-anew": signAnew, "mend-times": mend }: Options): Promise<number> {
  const { database, keys, checkpointFile } = await accessLogAccess(process.env);
  try {
    if (mend) console.error(`Mended the times of ${await mendTimes({ database, keys })} entries.`);
    const lines = checkpoints.length > 0 ? linesOf(checkpoints) : linesOfConfigured(checkpointFile);
    const report = await verifyAccessLog({ database, keys }, { checkpoints: lines });
    print(json ? `${JSON.stringify(report, null, 2)}\n` : describeReport(report));
    if (report.findings.length > 0) return 1;
    if (signAnew) {
      const onCheckpoint = createCheckpointSink({
        log: pino(pino.destination(2)),
        file: checkpointFile,
      });
      const signed = await signHeadsAnew({ database, keys, clock: () => new Date(), onCheckpoint });
      console.error(`Signed ${signed} heads again.`);
    }
    return 0;
  } finally {
    await database.$disconnect();
  }
}

async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files)
    yield* createInterface({ input: file === "-" ? process.stdin : createReadStream(file), crlfDelay: Infinity });
}

async function* linesOfConfigured(file: string | undefined): AsyncGenerator<string> {
  if (file === undefined) return;
  try {
    yield* linesOf([file]);
  } catch (error) {
    throw new Error(
      `The file of ACCESS_LOG_CHECKPOINT_FILE cannot be read: ${error instanceof Error ? error.message : error}. The portal makes it with the first use of a role; if there was one, the file was removed or lies on another machine. Name a copy by --checkpoints, or leave it out by ACCESS_LOG_CHECKPOINT_FILE= (empty).`,
      { cause: error },
    );
  }
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

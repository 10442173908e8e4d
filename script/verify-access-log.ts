import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { describeReport } from "@/lib/access-log/describe-report";
import { verifyAccessLog } from "@/lib/access-log/verify-access-log";
import { accessLogAccess } from "./local/access-log-access";

const usage = `npm run verify-access-log -- [--checkpoints FILE]... [--json]

Checks that the access log of every connection is as the portal wrote it.
  --checkpoints FILE   compare with checkpoints that were exported, in the portal's log or in ACCESS_LOG_CHECKPOINT_FILE;
                       without them a database that was put back to an earlier state as a whole is not noticed. - is standard input
  --json               print the report as JSON
Exit code: 0 the log is whole, 1 it is not, 2 it could not be checked.
`;

try {
  const { values } = parseArgs({
    options: {
      checkpoints: { type: "string", multiple: true, default: [] },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  process.exitCode = values.help ? print(usage) : await verify(values.checkpoints, values.json);
} catch (error) {
  console.error(`The access log could not be checked: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 2;
}

async function verify(files: readonly string[], json: boolean): Promise<number> {
  const { database, keys } = await accessLogAccess(process.env);
  try {
    const report = await verifyAccessLog({ database, keys }, { checkpoints: linesOf(files) });
    print(json ? `${JSON.stringify(report, null, 2)}\n` : describeReport(report));
    return report.findings.length === 0 ? 0 : 1;
  } finally {
    await database.$disconnect();
  }
}

async function* linesOf(files: readonly string[]): AsyncGenerator<string> {
  for (const file of files)
    yield* createInterface({ input: file === "-" ? process.stdin : createReadStream(file), crlfDelay: Infinity });
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { describeReport, describeTrial } from "./mutants/report";
import { testMutants } from "./mutants/test-mutants";

const usage = `npm run mutants -- [PATH]... [--seed N] [--count N] [--tests N] [--slow N] [--json]

Changes one place at a time in a copy of the project, and says which changes neither types nor tests notice.
  PATH       files and folders in which to change something; without it, all of lib
  --count N  how many changes to try (20)
  --seed N   draws the same changes again, as long as the files are the same
  --tests N  how many of the nearest test files to run for each change (12)
  --slow N   leaves out test files that take longer than so many seconds (60)
  --json     print the result as JSON
`;

const { values, positionals } = parseArgs({
  options: {
    seed: { type: "string" },
    count: { type: "string", default: "20" },
    tests: { type: "string", default: "12" },
    slow: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
  allowPositionals: true,
});

if (values.help) process.stdout.write(usage);
else {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  const report = await testMutants({
    root: resolve(import.meta.dirname, ".."),
    paths: positionals.length > 0 ? positionals : ["lib"],
    seed: values.seed === undefined ? randomInt(2 ** 31) : wholeNumber("--seed", values.seed),
    count: wholeNumber("--count", values.count),
    nearest: wholeNumber("--tests", values.tests),
    slowest: wholeNumber("--slow", values.slow),
    signal: stop.signal,
    say: (line) => console.error(line),
    onTrial: (trial) => console.error(describeTrial(trial)),
  });
  console.log(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
  process.exitCode = stop.signal.aborted ? 130 : 0;
}

function wholeNumber(option: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  console.error(`${option} needs a whole number, not ${text}.`);
  process.exit(1);
}

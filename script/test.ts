import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";
import { relative } from "node:path";

/** What one step counted. A step without a count of its own, such as the type check, counts as one. */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by name. */
  failures: string[];
}

interface Step {
  name: string;
  command: string[];
  /** Reads the report that the step's runner wrote. */
  count?: () => Promise<Count>;
}

const reports = ".data/reports";
const environment: NodeJS.ProcessEnv = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NO_UPDATE_NOTIFIER: "1" };

const steps: Step[] = [
  { name: "format and lint", command: ["biome", "check", "--error-on-warnings", "."] },
  {
    name: "import rules",
    command: [
      "depcruise",
      "--config",
      ".dependency-cruiser.cjs",
      "app",
      "components",
      "lib",
      "sandbox",
      "script",
      "prisma",
      "e2e",
      "bench",
      "dev",
      "proxy.ts",
    ],
  },
  { name: "unused code", command: ["knip"] },
  { name: "links in documents", command: ["tsx", "script/check-links.ts"] },
  { name: "route types", command: ["next", "typegen"] },
  { name: "types", command: ["tsc", "--noEmit"] },
  {
    name: "unit and integration tests",
    command: ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${reports}/vitest.json`],
    count: vitestCount,
  },
  { name: "production build", command: ["tsx", "script/build.ts"] },
  { name: "browser tests", command: ["playwright", "test"], count: playwrightCount },
];

await rm(reports, { recursive: true, force: true });
await mkdir(reports, { recursive: true });
const total: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };
for (const step of steps) {
  const began = performance.now();
  console.log(`\n── ${step.name}`);
  const succeeded = await run(step.command);
  const count = (await step.count?.()) ?? { passed: succeeded ? 1 : 0, failed: 0, skipped: 0, failures: [] };
  if (!succeeded && count.failed === 0) {
    count.failed = 1;
    count.failures.push(step.name);
  }
  total.failures.push(...count.failures);
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  console.log(
    `── ${step.name}: ${succeeded ? "passed" : "FAILED"} in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
}
for (const failure of total.failures) console.log(`failed: ${failure}`);
console.log(`\n${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`);
process.exit(total.failed > 0 ? 1 : 0);

function run([program = "", ...parameters]: string[]): Promise<boolean> {
  return new Promise((settle) => {
    const child = spawn(`node_modules/.bin/${program}`, parameters, {
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", () => settle(false));
    child.once("exit", (code) => settle(code === 0));
  });
}

async function vitestCount(): Promise<Count> {
  const report = await readReport<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
  }>("vitest");
  if (!report) return noReport("vitest");
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests,
    failures: report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName }) => `${relative(process.cwd(), name)}: ${fullName}`),
    ),
  };
}

interface Suite {
  file: string;
  specs: { title: string; tests: { status: string }[] }[];
  suites?: Suite[];
}

async function playwrightCount(): Promise<Count> {
  const report = await readReport<{
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
    suites: Suite[];
  }>("playwright");
  if (!report) return noReport("playwright");
  const failuresOf = ({ file, specs, suites = [] }: Suite): string[] => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === "unexpected" || status === "flaky"))
      .map(({ title }) => `e2e/${file}: ${title}`),
    ...suites.flatMap(failuresOf),
  ];
  // A flaky test is a broken one.
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
    skipped: report.stats.skipped,
    failures: report.suites.flatMap(failuresOf),
  };
}

function noReport(name: string): Count {
  return { passed: 0, failed: 1, skipped: 0, failures: [`${name} wrote no report`] };
}

async function readReport<T>(name: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(`${reports}/${name}.json`, "utf8")) as T;
  } catch {
    return undefined;
  }
}

import { spawn } from "node:child_process";
import { mkdir, readFile, rm } from "node:fs/promises";

/** What one step counted. A step without a count of its own, such as the type check, counts as one. */
interface Count {
  passed: number;
  failed: number;
  skipped: number;
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
const total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  const began = performance.now();
  console.log(`\n── ${step.name}`);
  const succeeded = await run(step.command);
  const count = (await step.count?.()) ?? { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  if (!succeeded && count.failed === 0) count.failed = 1;
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  console.log(
    `── ${step.name}: ${succeeded ? "passed" : "FAILED"} in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
}
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
  const report = await readReport<{ numPassedTests: number; numFailedTests: number; numPendingTests: number }>(
    "vitest",
  );
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  return { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests };
}

async function playwrightCount(): Promise<Count> {
  const report = await readReport<{ stats: { expected: number; unexpected: number; flaky: number; skipped: number } }>(
    "playwright",
  );
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A flaky test is a broken one.
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky,
    skipped: report.stats.skipped,
  };
}

async function readReport<T>(name: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(`${reports}/${name}.json`, "utf8")) as T;
  } catch {
    return undefined;
  }
}

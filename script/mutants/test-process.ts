import { BaseSequencer, createVitest, type TestCase, type TestModule, type TestSpecification } from "vitest/node";

/** What the process is asked: run these files, after these others were written, and stop at the first test that fails. */
export interface Request {
  written: readonly string[];
  tests: readonly string[];
}

/** The first failure, by its file and in words; both null when all passed. */
export interface Reply {
  failedFile: string | null;
  failure: string | null;
  /** Milliseconds that each file took. */
  durations: Record<string, number>;
}

/** Keeps the order in which the files were asked for. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files;
  }
}

let reply: Reply = { failedFile: null, failure: null, durations: {} };

/** Vitest itself answers for every file that it ever ran; this keeps what failed first in the present run. */
const firstFailure = {
  onTestCaseResult(test: TestCase) {
    if (test.result().state === "failed") keep(test.module, test.fullName);
  },
  onTestModuleEnd(module: TestModule) {
    const { setupDuration, collectDuration, duration } = module.diagnostic();
    reply.durations[module.moduleId] = setupDuration + collectDuration + duration;
    if (module.state() === "failed") keep(module, messageOf(module.errors()[0]));
  },
};

function keep({ moduleId, relativeModuleId }: TestModule, what: string): void {
  if (reply.failure === null) reply = { ...reply, failedFile: moduleId, failure: `${relativeModuleId}: ${what}` };
}

/** A process of its own, in the copy: it keeps Vitest, and with it PostgreSQL, from one mutant to the next. */
const vitest = await createVitest({
  watch: false,
  bail: 1,
  reporters: [firstFailure],
  silent: true,
  sequence: { sequencer: InOrder },
});
await vitest.standalone();
await vitest.globTestSpecifications();

process.on("message", (request: Request) => void run(request).then((answer) => process.send?.(answer)));
for (const end of ["SIGINT", "SIGTERM", "disconnect"] as const)
  process.once(end, () => void vitest.close().finally(() => process.exit()));
process.send?.("ready");

async function run({ written, tests }: Request): Promise<Reply> {
  for (const file of written) vitest.invalidateFile(file);
  reply = { failedFile: null, failure: null, durations: {} };
  const files = tests.flatMap((test) => vitest.getModuleSpecifications(test));
  const { unhandledErrors } = await vitest.runTestSpecifications(files);
  const [error] = unhandledErrors;
  return reply.failure === null && error !== undefined
    ? { ...reply, failure: `outside a test: ${messageOf(error)}` }
    : reply;
}

function messageOf(error: unknown): string {
  return error !== null && typeof error === "object" && "message" in error ? String(error.message) : String(error);
}

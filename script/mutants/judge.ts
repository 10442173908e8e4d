import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "./changes";
import type { Compiler } from "./compiler";
import { type Importers, testsReaching } from "./reach";
import type { Reply } from "./test-process";
import type { Outcome, TestRuns } from "./test-runs";

export interface Mutant extends Change {
  file: string;
}

export interface Verdict {
  /** `time` when the tests did not end; null when nothing noticed the change. */
  noticedBy: "types" | "tests" | "time" | null;
  /** The error, or the test that failed. */
  how: string | null;
  /** The test files that were run, or would have been. */
  tests: readonly string[];
}

interface Parts {
  root: string;
  compiler: Compiler;
  testRuns: TestRuns;
  importers: Importers;
  /** How many of the nearest test files are run. */
  nearest: number;
  /** Seconds: test files that take longer are left out. */
  slowest: number;
  onLeftOut(why: string): void;
}

/** Makes a change in the copy, asks types and tests, and takes it back. */
export class Judge {
  readonly #parts: Parts;
  /** Test files that pass without a change, and how long each took, in milliseconds; null for one that is left out. */
  readonly #durations = new Map<string, number | null>();
  /** What was written since tests last ran. */
  readonly #written = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async judge({ file, start, end, text }: Mutant): Promise<Verdict> {
    const { root, compiler } = this.#parts;
    const tests = await this.#soundTests(file);
    const source = await readFile(join(root, file), "utf8");
    const write = async (content: string) => {
      await writeFile(join(root, file), content);
      this.#written.add(file);
      await compiler.reread(file);
    };
    await write(source.slice(0, start) + text + source.slice(end));
    try {
      return { ...(await this.#ask(file, tests)), tests };
    } finally {
      await write(source);
    }
  }

  /** The file's own types take milliseconds, its tests seconds, and everybody's types some more. */
  async #ask(file: string, tests: readonly string[]): Promise<Omit<Verdict, "tests">> {
    const { compiler } = this.#parts;
    const ownError = await compiler.error(file);
    if (ownError) return { noticedBy: "types", how: ownError };
    if (tests.length > 0) {
      const usual = tests.reduce((sum, test) => sum + (this.#durations.get(test) ?? 0), 0);
      const outcome = await this.#run(tests, 60_000 + 5 * usual);
      if (outcome === "hung") return { noticedBy: "time", how: null };
      if (outcome.failure) return { noticedBy: "tests", how: outcome.failure };
    }
    const error = await compiler.error();
    return error ? { noticedBy: "types", how: error } : { noticedBy: null, how: null };
  }

  /** A test that fails without a change would seem to notice every change. */
  async #soundTests(file: string): Promise<string[]> {
    const tests = testsReaching(file, this.#parts.importers).slice(0, this.#parts.nearest);
    for (;;) {
      const untried = tests.filter((test) => !this.#durations.has(test));
      if (untried.length === 0) return tests.filter((test) => this.#durations.get(test) !== null);
      const outcome = await this.#run(untried, 600_000);
      if (outcome === "hung") throw new Error(`The tests do not end without a change: ${untried.join(", ")}`);
      for (const test of untried) this.#judgeTest(test, outcome);
    }
  }

  #judgeTest(test: string, { failure, failedFile, durations }: Reply): void {
    const { slowest, onLeftOut } = this.#parts;
    const duration = durations[test];
    const failed = failure !== null && (failedFile === null || failedFile === test);
    const slow = duration !== undefined && duration > slowest * 1_000;
    if (failed) onLeftOut(`it fails without a change: ${failure}`);
    else if (slow) onLeftOut(`it takes longer than ${slowest} seconds: ${test}`);
    if (failed || slow) this.#durations.set(test, null);
    else if (duration !== undefined || failure === null) this.#durations.set(test, duration ?? null);
  }

  async #run(tests: readonly string[], limit: number): Promise<Outcome> {
    const written = [...this.#written];
    this.#written.clear();
    return await this.#parts.testRuns.run({ written, tests }, limit);
  }
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Reply, Request } from "./test-process";

export type Outcome = Reply | "hung";

/** Runs test files in the copy, in one process that is started again only after it hung. */
export class TestRuns {
  readonly #root: string;
  #process: ChildProcess | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** `hung` when the run is not done within the limit, in milliseconds. */
  async run({ written, tests }: Request, limit: number): Promise<Outcome> {
    const runner = await this.#start();
    const inCopy = (path: string) => join(this.#root, path);
    const request: Request = { written: written.map(inCopy), tests: tests.map(inCopy) };
    const stop = new AbortController();
    try {
      const answered = once(runner, "message", stop).then(([reply]) => this.#toPaths(reply as Reply));
      const ended = once(runner, "exit", stop).then(() => "hung" as const);
      runner.send(request);
      return await Promise.race([answered, ended, delay(limit, "hung" as const, stop)]).then(async (outcome) => {
        if (outcome === "hung") await this.close();
        return outcome;
      });
    } finally {
      stop.abort();
    }
  }

  async close(): Promise<void> {
    const runner = this.#process;
    this.#process = null;
    if (!runner || runner.exitCode !== null || runner.signalCode !== null) return;
    const ended = once(runner, "exit");
    runner.kill("SIGTERM");
    await ended;
  }

  #toPaths({ failure, failedFile, durations }: Reply): Reply {
    const path = (file: string) => relative(this.#root, file);
    const byPath = Object.entries(durations).map(([file, duration]) => [path(file), duration] as const);
    return { failure, failedFile: failedFile && path(failedFile), durations: Object.fromEntries(byPath) };
  }

  async #start(): Promise<ChildProcess> {
    if (this.#process?.connected) return this.#process;
    this.#process = fork(join(import.meta.dirname, "test-process.ts"), {
      cwd: this.#root,
      execArgv: [],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      detached: true, // Ctrl-C reaches the whole group; this one is told, and stops PostgreSQL
    });
    await once(this.#process, "message");
    return this.#process;
  }
}

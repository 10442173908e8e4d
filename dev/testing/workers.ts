import { type Environment, type LocalProcess, start } from "@/dev/local/processes";

/** A worker process as `npm run worker` starts it, on the database and sandbox of this test. */
export interface TestWorker extends LocalProcess {
  kill(): Promise<void>;
}

export interface WorkerSettings {
  concurrency: number;
  leaseSeconds: number;
  /** Milliseconds by which the clock of its machine is off. */
  clockOffBy?: number;
  environment?: Environment;
  onLine?: (line: string) => void;
}

export function startWorkerProcess(settings: WorkerSettings): TestWorker {
  const { clockOffBy = 0 } = settings;
  const imports = ["--import", "tsx", ...(clockOffBy ? ["--import", "./dev/testing/clock-off.ts"] : [])];
  const command = [process.execPath, "--conditions=react-server", ...imports, "script/worker.ts"];
  const environment = {
    ...process.env,
    NODE_ENV: "production",
    WORKER_CONCURRENCY: String(settings.concurrency),
    WORKER_LEASE_SECONDS: String(settings.leaseSeconds),
    AUDIT_STS_CALLS_PER_SECOND: "600",
    CLOCK_OFF_BY: String(clockOffBy),
    ...settings.environment,
  };
  const worker = start("worker", command, environment, settings.onLine);
  return {
    ...worker,
    async kill() {
      if (worker.pid !== undefined) process.kill(-worker.pid, "SIGKILL");
      await worker.exited;
    },
  };
}

import { type LocalProcess, start } from "@/dev/local/processes";

/** A worker process as `npm run worker` starts it, on the database and sandbox of this test. */
export interface TestWorker extends LocalProcess {
  kill(): Promise<void>;
}

export function startWorkerProcess(settings: { concurrency: number; leaseSeconds: number }): TestWorker {
  const command = [process.execPath, "--conditions=react-server", "--import", "tsx", "script/worker.ts"];
  const worker = start("worker", command, {
    ...process.env,
    NODE_ENV: "production",
    WORKER_CONCURRENCY: String(settings.concurrency),
    WORKER_LEASE_SECONDS: String(settings.leaseSeconds),
    AUDIT_STS_CALLS_PER_SECOND: "600",
  });
  return {
    ...worker,
    async kill() {
      if (worker.pid !== undefined) process.kill(-worker.pid, "SIGKILL");
      await worker.exited;
    },
  };
}

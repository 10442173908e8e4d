import process from "node:process";

/** `npm run worker`: audits connections. Any number of them, on any number of machines, share the work. */
const stop = new AbortController();
// Before anything else is loaded, which takes a second: as the first process of a container it would not notice otherwise.
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());

const [{ work }, { env, envWarnings }, { log }] = await Promise.all([
  import("@/lib/worker/worker"),
  import("@/lib/env"),
  import("@/lib/log"),
]);

for (const warning of envWarnings) log.warn(warning);

/** What waits for a database that hangs is not waited for. Whoever takes over finds its leases ended. */
function endInTime(): void {
  const overdue = () => {
    log.error("the worker did not end in time; what it had in hand is taken over once its lease has ended");
    process.exit(1);
  };
  setTimeout(overdue, (env.WORKER_STOP_SECONDS - 1) * 1_000).unref();
}

if (stop.signal.aborted) endInTime();
else stop.signal.addEventListener("abort", endInTime, { once: true });
await work(stop.signal);

const running = new Set<() => Promise<void>>();

/** Gives a `stop` that also happens when the benchmarks are interrupted, and happens once. */
export function stoppable(stop: () => Promise<void>): () => Promise<void> {
  const once = async () => {
    if (running.delete(once)) await stop();
  };
  running.add(once);
  return once;
}

/** Does the work; when Ctrl-C ends it early, no database, sandbox or worker is left behind. */
export async function interruptible(work: () => Promise<void>): Promise<void> {
  const interrupted = new Promise<void>((settle) => {
    // The terminal sends it to us, and so may whatever started us.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => settle());
  });
  await Promise.race([work(), interrupted]);
  await Promise.allSettled([...running].map((stop) => stop()));
}

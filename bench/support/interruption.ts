const running = new Set<() => Promise<void>>();

/** Gives a `stop` that also happens when the benchmarks are interrupted, and happens once. */
export function stoppable(stop: () => Promise<void>): () => Promise<void> {
  const once = async () => {
    if (running.delete(once)) await stop();
  };
  running.add(once);
  return once;
}

/** Ctrl-C leaves no database, sandbox or worker behind. It may come twice: from the terminal and from what started us. */
export function stopWhenInterrupted(): void {
  let stopping: Promise<unknown> | undefined;
  const stop = () => {
    stopping ??= Promise.allSettled([...running].map((stopOne) => stopOne())).then(() => process.exit(1));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
}

export interface RepeatOptions {
  work: () => Promise<void>;
  /** Waits between two runs; resolves early when the signal aborts. */
  pause: () => Promise<void>;
  onError: (error: unknown) => void;
  signal: AbortSignal;
}

/** Does something again and again, one run after another, until the signal aborts. A run that fails is reported. */
export async function repeat({ work, pause, onError, signal }: RepeatOptions): Promise<void> {
  while (!signal.aborted) {
    await work().catch(onError);
    if (!signal.aborted) await pause();
  }
}

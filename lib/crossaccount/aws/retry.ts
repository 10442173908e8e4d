export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export interface RetryOptions<T> {
  again: (result: T) => boolean;
  /** Epoch milliseconds after which nothing new is begun. */
  deadline: number;
  clock: () => Date;
  sleep: Sleep;
  /** From 0 up to 1; spreads callers that failed together. */
  jitter: () => number;
  /** First delay in milliseconds; doubles up to `capMs`. */
  baseMs: number;
  capMs: number;
  /** Milliseconds that the answer asked to wait for; a delay is no shorter. */
  leastMs?: (result: T) => number;
  signal?: AbortSignal;
  /** Called before each wait with the last result; `attempt` counts what was tried so far. */
  onWait?: (attempt: number, result: T) => void;
}

/** Repeats `attempt` with exponential backoff and jitter; gives the last result when time is up or the signal aborts. */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const result = await attempt();
    if (!options.again(result) || options.signal?.aborted) return result;
    const ceiling = Math.min(options.capMs, options.baseMs * 2 ** (tries - 1));
    const delay = Math.max(Math.round(ceiling * (0.5 + options.jitter() / 2)), options.leastMs?.(result) ?? 0);
    if (options.clock().getTime() + delay >= options.deadline) return result;
    options.onWait?.(tries, result);
    if (!(await slept(delay, options))) return result;
  }
}

async function slept(
  delay: number,
  { sleep, signal }: Pick<RetryOptions<unknown>, "sleep" | "signal">,
): Promise<boolean> {
  try {
    await sleep(delay, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return !signal?.aborted;
}

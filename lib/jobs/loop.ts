export interface LoopOptions<T> {
  /** How many are worked on at the same time. */
  concurrency: number;
  /** Takes up to `limit` pieces of work; none when there are none at the moment. */
  take: (limit: number) => Promise<T[]>;
  /** Works on one. What it throws goes to `onError` and ends nothing. */
  handle: (work: T) => Promise<void>;
  /** Waits before asking again; resolves early when the signal aborts. */
  pause: () => Promise<void>;
  onError: (error: unknown) => void;
  /** Aborts when no more work may be begun. */
  signal: AbortSignal;
}

/** Keeps a bounded number of pieces of work going until the signal aborts, and resolves once those begun have ended. */
export async function runLoop<T>(options: LoopOptions<T>): Promise<void> {
  const { concurrency, take, handle, pause, onError, signal } = options;
  const going = new Set<Promise<void>>();
  while (!signal.aborted) {
    const free = concurrency - going.size;
    const taken = free > 0 ? await take(free).catch(reported(onError)) : [];
    for (const work of taken) {
      const one: Promise<void> = handle(work)
        .catch(onError)
        .finally(() => going.delete(one));
      going.add(one);
    }
    if (going.size >= concurrency) await Promise.race(going);
    else if (taken.length === 0) await Promise.race([pause(), ...going]);
  }
  await Promise.all(going);
}

function reported(onError: (error: unknown) => void): (error: unknown) => [] {
  return (error) => {
    onError(error);
    return [];
  };
}

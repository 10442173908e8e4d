import { LRUCache } from "lru-cache";

export interface Limiter {
  /** Takes one; what is left, and in how many seconds all are there again. */
  take(key: string): { left: number; seconds: number; exceeded: boolean };
}

interface LimiterOptions {
  points: number;
  seconds: number;
  /** Milliseconds that only go forward. */
  now: () => number;
}

/** A bound on requests in a window of time, which begins with the first. Kept in memory: each process counts what it answers itself. */
export function createLimiter({ points, seconds, now }: LimiterOptions): Limiter {
  const windows = new LRUCache<string, { taken: number; endsAt: number }>({ max: 10_000 });
  return {
    take(key) {
      const at = now();
      const kept = windows.get(key);
      const window = kept && kept.endsAt > at ? kept : { taken: 0, endsAt: at + seconds * 1_000 };
      window.taken += 1;
      windows.set(key, window);
      return {
        left: Math.max(0, points - window.taken),
        seconds: Math.ceil((window.endsAt - at) / 1_000),
        exceeded: window.taken > points,
      };
    },
  };
}

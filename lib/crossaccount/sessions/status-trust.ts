import type { ConnectionWatch } from "../types";

/** When a connection's status was read, and what could be heard then. To be made before the read begins. */
export interface StatusMark {
  readonly hearing: number | null;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface StatusTrust {
  mark(): StatusMark;
  /** Whether a status read then is still believed `now`, in epoch milliseconds, or must be read again. */
  holds(mark: StatusMark, now: number): boolean;
}

/** A status is believed for as long as its change would have been heard, else for `maxAgeMs` milliseconds. */
export function createStatusTrust(
  watch: ConnectionWatch | undefined,
  maxAgeMs: number,
  clock: () => Date,
): StatusTrust {
  return {
    mark: () => ({ hearing: watch?.hearing() ?? null, at: clock().getTime() }),
    holds({ hearing, at }, now) {
      if (hearing !== null && watch?.hearing() === hearing) return true;
      return maxAgeMs > 0 && now - at < maxAgeMs;
    },
  };
}

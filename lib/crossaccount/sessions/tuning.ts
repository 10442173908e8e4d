import { type RandomBytes, systemRandomBytes } from "../random";
import type { ConnectionWatch } from "../types";

const ATTEMPT_MILLISECONDS = 3_000;
const DEADLINE_MILLISECONDS = 10_000;
const MOST_SESSIONS = 20_000;

/** How sessions of customers' roles are kept and opened. */
export interface SessionTuning {
  /** Makes a kept session usable without asking the storage, for as long as changes of its connection are heard. */
  watch?: ConnectionWatch;
  /** Milliseconds for which a status is believed when `watch` is missing or deaf; 0, each use asks the storage, unless given. */
  statusMaxAgeMs?: number;
  /** Sessions kept in memory, about 2 kB each; those unused for longest go first. 20,000 unless given. */
  maxSessions?: number;
  /** Milliseconds after which one Region's STS is given up for the next; 3,000 unless given. */
  attemptMs?: number;
  /** Milliseconds in which `assumeCustomerRole`'s provider answers or rejects; 10,000 unless given. */
  deadlineMs?: number;
  clock?: () => Date;
  /** From 0 up to 1; spreads retries. */
  jitter?: () => number;
  randomBytes?: RandomBytes;
}

/** What was not given, filled in. */
export function completeTuning(given: SessionTuning) {
  return {
    watch: given.watch,
    statusMaxAgeMs: given.statusMaxAgeMs ?? 0,
    maxSessions: given.maxSessions ?? MOST_SESSIONS,
    attemptMs: given.attemptMs ?? ATTEMPT_MILLISECONDS,
    deadlineMs: given.deadlineMs ?? DEADLINE_MILLISECONDS,
    clock: given.clock ?? (() => new Date()),
    jitter: given.jitter ?? Math.random,
    randomBytes: given.randomBytes ?? systemRandomBytes,
  };
}

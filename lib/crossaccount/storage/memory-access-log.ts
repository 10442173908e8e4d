import type { AccessLog, AccessLogEntry } from "../types";

export interface MemoryAccessLog extends AccessLog {
  /** Oldest first. */
  readonly entries: readonly AccessLogEntry[];
}

/** Keeps the last `capacity` entries; a service that must prove what it did needs one that lasts. */
export function createMemoryAccessLog(capacity = 10_000): MemoryAccessLog {
  const entries: AccessLogEntry[] = [];
  return {
    entries,
    async record(entry) {
      entries.push(structuredClone(entry));
      if (entries.length > capacity) entries.splice(0, entries.length - capacity);
    },
  };
}

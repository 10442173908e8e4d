const WINDOW_MS = 10_000;
const MOST_KINDS = 100;

interface Kind {
  since: number;
  written: number;
  omitted: number;
}

/**
 * A bound on lines of the log that repeat. Says for a line of a kind how many were left out before it, or null where it is to be left
 * out itself.
 */
export function createLineLimit(now: () => number = () => performance.now()) {
  const kinds = new Map<string, Kind>();
  return (name: string, perWindow: number): number | null => {
    const at = now();
    const kind = kinds.get(name) ?? { since: at, written: 0, omitted: 0 };
    if (kinds.size >= MOST_KINDS && !kinds.has(name)) kinds.clear();
    kinds.set(name, kind);
    if (at - kind.since >= WINDOW_MS) Object.assign(kind, { since: at, written: 0 });
    if (kind.written >= perWindow) {
      kind.omitted += 1;
      return null;
    }
    kind.written += 1;
    const { omitted } = kind;
    kind.omitted = 0;
    return omitted;
  };
}

export interface Batch<Row> {
  /** Never throws and never waits. */
  add(row: Row): void;
  /** Writes what waits, now; ends once it is written or was given up. */
  flush(): Promise<void>;
}

interface BatchOptions<Row> {
  write: (rows: readonly Row[]) => Promise<unknown>;
  /** Milliseconds for which rows wait for others. */
  waitMs: number;
  /** Rows that wait at most; what comes on top of them is left out. */
  most: number;
  /** Told how many rows were lost. */
  onLost: (rows: number, error?: unknown) => void;
}

/** Writes rows together, one lot after another, so that who adds one neither waits for the database nor fails with it. */
export function createBatch<Row>({ write, waitMs, most, onLost }: BatchOptions<Row>): Batch<Row> {
  let waiting: Row[] = [];
  let leftOut = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> | undefined;

  async function writeLot(): Promise<void> {
    const [rows, lost] = [waiting, leftOut];
    [waiting, leftOut] = [[], 0];
    if (lost > 0) onLost(lost);
    try {
      await write(rows);
    } catch (error) {
      onLost(rows.length, error);
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    await writing;
    if (waiting.length === 0) return;
    writing = writeLot();
    await writing;
    writing = undefined;
    if (waiting.length > 0) wait();
  }

  function wait(): void {
    timer ??= setTimeout(() => void flush(), waitMs).unref();
  }

  return {
    add(row) {
      if (waiting.length >= most) {
        leftOut += 1;
        return;
      }
      waiting.push(row);
      if (!writing) wait();
    },
    flush,
  };
}

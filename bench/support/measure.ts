import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Calls per second of so many callers that each call again as soon as they were answered. Each looks at the clock once in
 * `callsBetweenLooks` calls, so that looking is not what is measured.
 */
export async function throughput(
  call: () => Promise<unknown>,
  options: { callers: number; milliseconds: number; callsBetweenLooks?: number },
): Promise<number> {
  const { callers, milliseconds, callsBetweenLooks = 256 } = options;
  const begun = performance.now();
  let calls = 0;
  const caller = async () => {
    do {
      for (let made = 0; made < callsBetweenLooks; made += 1) await call();
      calls += callsBetweenLooks;
    } while (performance.now() - begun < milliseconds);
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return (calls / (performance.now() - begun)) * 1_000;
}

/** The time that 99 of 100 calls stay under, in microseconds. */
export async function p99(call: () => Promise<unknown>, calls: number): Promise<number> {
  const times: number[] = [];
  for (let made = 0; made < calls; made += 1) {
    const begun = performance.now();
    await call();
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  return (times[Math.floor(calls * 0.99)] ?? 0) * 1_000;
}

export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Bytes in use on the heap after everything unused was collected. */
export function heapInUse(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

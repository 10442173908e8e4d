/**
 * Milliseconds by which the database's clock is ahead of this machine's, as far as it is known. One for the process: the server and
 * its pages may each load this module.
 */
const kept = globalThis as { crossaccountAhead?: number };

/**
 * What time it is by the database's clock, which is the same for all processes whatever the clocks of their machines say. Only
 * times of this clock may be kept or compared with kept ones. It goes on by itself from the last answer (`learnTime`), so that
 * a machine whose clock is put right does not move it.
 */
export function databaseTime(): Date {
  return new Date(machineTime() + (kept.crossaccountAhead ?? 0));
}

/** The machine's clock as the process found it, which nobody sets from then on. */
export function machineTime(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * Takes in what the database's clock said at some moment between a question and its answer, both by `machineTime`. What is
 * within that span already is as good as can be known, and stays.
 */
export function learnTime(at: number, { asked, answered }: { asked: number; answered: number }): void {
  kept.crossaccountAhead = Math.min(Math.max(kept.crossaccountAhead ?? 0, at - answered), at - asked);
}

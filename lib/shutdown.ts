import "server-only";

/** Milliseconds after the signal at which what still runs is told to give up, and those after which the process ends. */
const DRAIN_MS = 20_000;
const END_MS = 40_000;

/** One for the process: the server and its pages may each load this module. */
const kept = globalThis as { crossaccountHurry?: AbortController };
kept.crossaccountHurry ??= new AbortController();
const hurry = kept.crossaccountHurry;

/** Aborts when the process is about to end: what still runs gives up in good order. */
export const endsSoon: AbortSignal = hurry.signal;

/**
 * Has the process end in time after SIGTERM, whatever hangs. What it was asked to do before ends by itself, as Next sees to; this
 * is for what does not.
 */
export function endInTime(onOverdue: () => void): void {
  for (const name of ["SIGTERM", "SIGINT"] as const)
    process.once(name, () => {
      setTimeout(() => hurry.abort(), DRAIN_MS).unref();
      setTimeout(() => {
        onOverdue();
        process.exit(1);
      }, END_MS).unref();
    });
}

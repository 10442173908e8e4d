import { setTimeout as pause } from "node:timers/promises";

const FIRST_PAUSE_MILLISECONDS = 20;
const LONGEST_PAUSE_MILLISECONDS = 200;

interface UntilOptions {
  /** Milliseconds after which `onOverdue` is called, once; the wait goes on. */
  patienceMs?: number;
  onOverdue?: () => void;
}

/** Asks `holds` again and again, a little less often each time, until it says yes. What it throws ends the wait. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { patienceMs = Number.POSITIVE_INFINITY, onOverdue }: UntilOptions = {},
): Promise<void> {
  const overdue = performance.now() + patienceMs;
  let told = false;
  for (let wait = FIRST_PAUSE_MILLISECONDS; !(await holds()); wait = Math.min(wait * 1.5, LONGEST_PAUSE_MILLISECONDS)) {
    if (!told && performance.now() >= overdue) {
      told = true;
      onOverdue?.();
    }
    await pause(wait);
  }
}

import { vi } from "vitest";

/** Waits for what is bound to happen, however slow the machine is: only what never happens fails. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 50_000, interval: 20 });
}

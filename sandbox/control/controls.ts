import type { FaultRule } from "../faults/rule";

/** What a program may do with a running sandbox beyond calling AWS; `/_sandbox/...` offers the same. */
export interface Controls {
  faults: {
    /** Replaces all rules. */
    set(rules: readonly FaultRule[]): void;
    /** Rules that can still strike. */
    list(): FaultRule[];
  };
  /** Forgets all state, logged requests and rules. */
  reset(): void;
}

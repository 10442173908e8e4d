import type { FaultRule } from "../faults/rule";
import type { OrganizationSettings } from "../organization/settings";

/** What a program may do with a running sandbox beyond calling AWS; `/_sandbox/...` offers the same. */
export interface Controls {
  faults: {
    /** Replaces all rules. */
    set(rules: readonly FaultRule[]): void;
    /** Rules that can still strike. */
    list(): FaultRule[];
  };
  /** Puts service and resource control policies over an account; throws when one is no such policy. */
  setOrganization(settings: OrganizationSettings): void;
  /** Forgets all state, logged requests and rules. */
  reset(): void;
}

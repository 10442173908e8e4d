import { type AuditSettings, durationSeconds } from "@/lib/crossaccount";

/** The vendor's audit settings with durations in milliseconds. */
export interface AuditPolicy
  extends Pick<AuditSettings, "brokenAfter" | "degradedAfter" | "stsCallsPerSecond" | "atOncePerCustomer"> {
  everyMs: number;
  recheckAfterMs: number;
  brokenWithinMs: number;
  degradedWithinMs: number;
  keepForMs: number;
  remindOfSetupAfterMs: number;
  remindOfWizardAfterMs: number;
}

export function auditPolicy(audits: AuditSettings): AuditPolicy {
  const { brokenAfter, degradedAfter, stsCallsPerSecond, atOncePerCustomer } = audits;
  return {
    brokenAfter,
    degradedAfter,
    stsCallsPerSecond,
    atOncePerCustomer,
    everyMs: milliseconds(audits.every),
    recheckAfterMs: milliseconds(audits.recheckAfter),
    brokenWithinMs: milliseconds(audits.brokenWithin),
    degradedWithinMs: milliseconds(audits.degradedWithin),
    keepForMs: milliseconds(audits.keepFor),
    remindOfSetupAfterMs: milliseconds(audits.remindOfSetupAfter),
    remindOfWizardAfterMs: milliseconds(audits.remindOfWizardAfter),
  };
}

function milliseconds(duration: string): number {
  return durationSeconds(duration) * 1_000;
}

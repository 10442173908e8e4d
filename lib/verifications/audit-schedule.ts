import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import type { Database } from "@/lib/db";
import type { AuditPolicy } from "./audit-policy";

/** What audits in a row found, as the schedule keeps it. */
export interface Streak {
  refusals: number;
  refusedSince: Date | null;
  failures: number;
  failingSince: Date | null;
}

export const noStreak: Streak = { refusals: 0, refusedSince: null, failures: 0, failingSince: null };

/** A little earlier or later, so that connections that were verified together do not stay together. `jitter` is from 0 up to 1. */
export function nextAudit(
  policy: Pick<AuditPolicy, "everyMs" | "recheckAfterMs">,
  { recheck, now, jitter }: { recheck: boolean; now: Date; jitter: number },
): Date {
  const delay = recheck ? policy.recheckAfterMs * (1 + jitter / 5) : policy.everyMs * (0.95 + jitter / 10);
  return new Date(now.getTime() + Math.round(delay));
}

/** A person's verification came to a conclusion: audits begin, or begin to count again. */
export async function scheduleAfterVerification(
  transaction: Database,
  { connectionId, customerId }: ConnectionScope,
  nextAuditAt: Date,
): Promise<void> {
  await transaction.auditSchedule.upsert({
    where: { connectionId, customerId },
    create: { connectionId, customerId, nextAuditAt },
    update: { nextAuditAt, ...noStreak },
  });
}

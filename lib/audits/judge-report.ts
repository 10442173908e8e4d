import type { VerificationReport } from "@/lib/crossaccount";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import type { AuditPolicy } from "@/lib/verifications/audit-policy";
import { noStreak, type Streak } from "@/lib/verifications/audit-schedule";

export interface Judgement {
  streak: Streak;
  /** Whether the connection's status follows from this report, or waits for another one. */
  counts: boolean;
  /** Whether to look again soon. */
  recheck: boolean;
}

interface Judged {
  /** The connection's status, and the one that the report alone would lead to. */
  status: ConnectionStatus;
  leadsTo: ConnectionStatus;
  outcome: VerificationReport["outcome"];
  /** The role is another connection's, so its credentials are no one's here for one more audit. */
  taken?: boolean;
  streak: Streak;
  policy: Pick<AuditPolicy, "brokenAfter" | "brokenWithinMs" | "degradedAfter" | "degradedWithinMs">;
  now: Date;
}

/**
 * Whether an audit's report decides. Insecure counts at once, and so does another connection's role and everything good; a refusal or a failing check of
 * a connection that worked counts only when enough audits in a row found it over enough time; no answer never counts.
 */
export function judge({ status, leadsTo, outcome, taken, streak, policy, now }: Judged): Judgement {
  if (outcome === "inconclusive") return { streak, counts: false, recheck: true };
  if (outcome === "insecure" || taken) return { streak: noStreak, counts: true, recheck: false };
  if (outcome === "failed") {
    const refusals = streak.refusals + 1;
    const refusedSince = streak.refusedSince ?? now;
    const enough = refusals >= policy.brokenAfter && lasted(refusedSince, now, policy.brokenWithinMs);
    const counts = enough || status === "broken";
    return { streak: { ...streak, refusals, refusedSince }, counts, recheck: !counts };
  }
  if (leadsTo !== "degraded") return { streak: noStreak, counts: true, recheck: false };
  const failures = streak.failures + 1;
  const failingSince = streak.failingSince ?? now;
  const enough = failures >= policy.degradedAfter && lasted(failingSince, now, policy.degradedWithinMs);
  const counts = enough || (status !== "active" && status !== "setup");
  return { streak: { ...noStreak, failures, failingSince }, counts, recheck: !counts };
}

function lasted(since: Date, now: Date, milliseconds: number): boolean {
  return now.getTime() - since.getTime() >= milliseconds;
}

/** Why an audit changed a status, for the history. */
export function causeOfAudit(to: ConnectionStatus, { refusals, failures }: Streak, causeOfReport: string): string {
  if (to === "broken" && refusals > 1) return `${refusals} audits in a row could no longer use the role.`;
  if (to === "degraded" && failures > 1) {
    return `${failures} audits in a row found a failed check. ${causeOfReport}`;
  }
  return causeOfReport;
}

import type { VerificationReport } from "@/lib/crossaccount";
import type { ConnectionStatus } from "@/lib/crossaccount/status";

/** Why the status changed, for the history. */
export function causeOfChange(
  to: ConnectionStatus,
  report: VerificationReport,
  run: "A verification" | "An audit" = "A verification",
): string {
  const failed = report.checks.filter((check) => check.status === "failed").map((check) => check.title);
  switch (to) {
    case "insecure":
      return report.outcome === "insecure" ? `${run} ${whyInsecure(report)}` : `${run} ${foundUnreadable}`;
    case "broken":
      return isTaken(report) ? `${run} ${foundTaken}` : `${run} could no longer use the role.`;
    case "pending":
      return isTaken(report) ? `${run} ${foundTaken}` : `${run} could not use the role.`;
    case "degraded":
      return `${run} found that the role works, but a check failed: ${failed.join("; ")}.`;
    case "setup":
      return `${run} passed. The role still has its setup permissions.`;
    case "active":
      return `${run} passed. No setup permissions are left.`;
    default:
      return `${run} ended.`;
  }
}

const foundUnreadable =
  "was denied the role's trust policy for the second time, which could be read before: nobody can see who is let in.";

const foundTaken = "found that the role is another connection's.";

/** Whether it was assumed, and turned out to be another connection's. */
export function isTaken({ checks }: Pick<VerificationReport, "checks">): boolean {
  return checks.some(({ causeId }) => causeId === "role-taken");
}

function whyInsecure({ checks }: VerificationReport): string {
  return checks.some(({ id, status }) => status === "failed" && id !== "trust-policy")
    ? "could use the role without its external ID or with a wrong one."
    : "found that the role's trust policy allows others to use it.";
}

import type { ConnectionStatus, VerificationReport } from "./types";

const USABLE: ReadonlySet<ConnectionStatus> = new Set<ConnectionStatus>(["setup", "active", "degraded"]);

/** Whether credentials may be issued for a connection in this status. */
export function isUsable(status: ConnectionStatus): boolean {
  return USABLE.has(status);
}

/** Whether its customer ended or paused the connection. */
export function isStopped(status: ConnectionStatus): boolean {
  return status === "disconnected" || status === "paused";
}

/**
 * The status that a verification leads to. A connection that its customer ended or paused stays so, and a report without
 * a conclusion changes nothing. Whether a proposed role was confirmed is the caller's to know: unconfirmed stays `pending`.
 */
export function statusAfterVerification(current: ConnectionStatus, report: VerificationReport): ConnectionStatus {
  if (isStopped(current)) return current;
  switch (report.outcome) {
    case "inconclusive":
      return current;
    case "insecure":
      return "insecure";
    case "failed":
      return current === "pending" ? "pending" : "broken";
    case "proven":
      return provenStatus(current, report);
  }
}

function provenStatus(current: ConnectionStatus, report: VerificationReport): ConnectionStatus {
  // Setup permissions that are still there are a status of their own, `setup`, and no damage.
  if (report.checks.some(({ id, status }) => status === "failed" && id !== "setup-permissions")) return "degraded";
  switch (report.setupPermissions) {
    case "present":
      return "setup";
    case "gone":
    case "never-granted":
      return "active";
    case "unknown":
      return isUsable(current) && current !== "degraded" ? current : "setup";
  }
}

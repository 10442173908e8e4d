/** Statuses of a connection: it is in the first that holds. The database's enum is the same by its type. */
export const connectionStatuses = [
  "disconnected",
  "paused",
  "insecure",
  "broken",
  "pending",
  "degraded",
  "setup",
  "active",
] as const;
export type ConnectionStatus = (typeof connectionStatuses)[number];

export type SetupPermissions = "unknown" | "present" | "gone" | "never-granted";

/** Whether no setup permissions are left to drop. */
export function isSetupOver(permissions: SetupPermissions): boolean {
  return permissions === "gone" || permissions === "never-granted";
}

/** The one table of allowed changes of status; the database update itself uses it in its `where`. */
export const allowedTransitions: Record<ConnectionStatus, readonly ConnectionStatus[]> = {
  pending: ["setup", "active", "degraded", "insecure", "disconnected"],
  setup: ["active", "degraded", "insecure", "broken", "paused", "disconnected"],
  active: ["setup", "degraded", "insecure", "broken", "paused", "disconnected"],
  degraded: ["setup", "active", "insecure", "broken", "paused", "disconnected"],
  insecure: ["pending", "setup", "active", "degraded", "broken", "paused", "disconnected"],
  broken: ["setup", "active", "degraded", "insecure", "paused", "disconnected"],
  paused: ["setup", "active", "degraded", "insecure", "broken", "disconnected"],
  disconnected: [],
};

/** Statuses from which `to` may be reached. */
export function statusesBefore(to: ConnectionStatus): ConnectionStatus[] {
  return connectionStatuses.filter((from) => allowedTransitions[from].includes(to));
}

export interface StatusFacts {
  disconnected: boolean;
  paused: boolean;
  /** The last conclusive verification found the role assumable without its external ID, or by others. */
  insecure: boolean;
  /** A role was proven once. */
  proven: boolean;
  /** A role that was proven once was refused conclusively by the last verification. */
  refused: boolean;
  /** A check of the last conclusive verification failed (not warned, not skipped). */
  checkFailed: boolean;
  setupPermissions: SetupPermissions;
}

/** The status is the first that holds; credentials are issued in `setup`, `active` and `degraded` only. */
export function statusFrom(facts: StatusFacts): ConnectionStatus {
  if (facts.disconnected) return "disconnected";
  if (facts.paused) return "paused";
  if (facts.insecure) return "insecure";
  if (facts.proven && facts.refused) return "broken";
  if (!facts.proven) return "pending";
  if (facts.checkFailed) return "degraded";
  if (isSetupOver(facts.setupPermissions)) return "active";
  return "setup";
}

/**
 * `proven`: assumed with the external ID and refused without it and with wrong ones (permission checks may still have
 * failed). `insecure`: assumable when it must not be. `failed`: cannot be used as it is. `inconclusive`: AWS or our own side
 * gave no answer; says nothing about the role, so it must not change what is known of it.
 */
export type VerificationOutcome = "proven" | "insecure" | "failed" | "inconclusive";

/** What of a verification's report decides about a status. */
export interface ReportedFacts {
  outcome: VerificationOutcome;
  checks: readonly { id: string; status: string }[];
  setupPermissions: SetupPermissions;
}

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
export function statusAfterVerification(current: ConnectionStatus, report: ReportedFacts): ConnectionStatus {
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

/** Setup permissions that are still there are a status of their own, `setup`, and no damage. */
export function hasFailedCheck({ checks }: Pick<ReportedFacts, "checks">): boolean {
  return checks.some(({ id, status }) => status === "failed" && id !== "setup-permissions");
}

function provenStatus(current: ConnectionStatus, report: ReportedFacts): ConnectionStatus {
  if (hasFailedCheck(report)) return "degraded";
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

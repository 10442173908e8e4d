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

/** Whether no setup permissions are left to remove. */
export function isSetupOver(permissions: SetupPermissions): boolean {
  return permissions === "gone" || permissions === "never-granted";
}

/** Credentials are issued in these statuses, and in no other. */
export const usableStatuses = ["degraded", "setup", "active"] as const satisfies readonly ConnectionStatus[];

/** In these a connection is neither verified by schedule nor used: someone wants it so. */
export const stoppedStatuses = ["disconnected", "paused"] as const satisfies readonly ConnectionStatus[];

/** Whether credentials may be issued for a connection in this status. */
export function isUsable(status: ConnectionStatus): boolean {
  return includes(usableStatuses, status);
}

/** Whether someone ended or paused the connection. */
export function isStopped(status: ConnectionStatus): boolean {
  return includes(stoppedStatuses, status);
}

/** Whether a connection is verified by schedule: its role was verified once, and no one stopped it. */
export function isWatched({ proven, status }: { proven: boolean; status: ConnectionStatus }): boolean {
  return proven && !isStopped(status);
}

function includes(statuses: readonly ConnectionStatus[], status: ConnectionStatus): boolean {
  return statuses.includes(status);
}

/** What customers read of a status; the eight are for staff and code. */
export type CustomerStatus = "working" | "blocked" | "paused" | "unfinished" | "ended";

export const customerStatuses: Readonly<Record<ConnectionStatus, CustomerStatus>> = {
  disconnected: "ended",
  paused: "paused",
  insecure: "blocked",
  broken: "blocked",
  pending: "unfinished",
  degraded: "working",
  setup: "working",
  active: "working",
};

/**
 * The one table of allowed changes of status; the database update itself uses it. All that follows from facts is in it: only what
 * was never verified is or becomes `pending`, only what was verified once is `broken`, and `disconnected` is final.
 */
export const allowedTransitions: Readonly<Record<ConnectionStatus, readonly ConnectionStatus[]>> = {
  pending: ["setup", "active", "degraded", "insecure", "paused", "disconnected"],
  setup: ["active", "degraded", "insecure", "broken", "paused", "disconnected"],
  active: ["setup", "degraded", "insecure", "broken", "paused", "disconnected"],
  degraded: ["setup", "active", "insecure", "broken", "paused", "disconnected"],
  insecure: ["pending", "setup", "active", "degraded", "broken", "paused", "disconnected"],
  broken: ["setup", "active", "degraded", "insecure", "paused", "disconnected"],
  paused: ["pending", "setup", "active", "degraded", "insecure", "broken", "disconnected"],
  disconnected: [],
};

/** Statuses from which `to` may be reached. */
export function statusesBefore(to: ConnectionStatus): ConnectionStatus[] {
  return connectionStatuses.filter((from) => allowedTransitions[from].includes(to));
}

/** What verifications saw of a role's trust policy over time; dates in ISO 8601. */
export interface TrustSight {
  /** When it was last read. */
  readAt: string | null;
  /** The first and the last verification since then that AWS denied it to. */
  deniedSince: string | null;
  deniedLast: string | null;
  /** When an admin said that this is meant, such as a policy of the organization; until it is read again. */
  confirmedAt: string | null;
}

export const unseenTrust: TrustSight = { readAt: null, deniedSince: null, deniedLast: null, confirmedAt: null };

const UNREADABLE_AFTER_MS = 10 * 60_000;

/**
 * Whether a role hides its trust policy, which it showed before: two verifications at least ten minutes apart were denied it, and
 * nobody said that it is meant. Whoever opens a role to others may hide it by the same change.
 */
export function isUnreadable({ readAt, deniedSince, deniedLast, confirmedAt }: TrustSight): boolean {
  if (readAt === null || confirmedAt !== null || deniedSince === null || deniedLast === null) return false;
  return Date.parse(deniedLast) - Date.parse(deniedSince) >= UNREADABLE_AFTER_MS;
}

/** Whether the next verification may find that the role hides its trust policy. */
export function isDeniedFirst(sight: TrustSight): boolean {
  const { readAt, deniedSince, confirmedAt } = sight;
  return readAt !== null && deniedSince !== null && confirmedAt === null && !isUnreadable(sight);
}

function sightAfter(sight: TrustSight, { trustSeen }: Pick<ReportedFacts, "trustSeen">): TrustSight {
  if (!trustSeen) return sight;
  const { as, at } = trustSeen;
  if (as === "read") return { ...unseenTrust, readAt: at };
  return sight.readAt === null ? sight : { ...sight, deniedSince: sight.deniedSince ?? at, deniedLast: at };
}

/** What a status follows from. */
export interface StatusFacts {
  /** Someone ended the connection. For good: that its access is gone from AWS as well is a fact beside it. */
  disconnected: boolean;
  /** Held by the customer, by staff or by both; each lifts its own hold. */
  paused: boolean;
  /** The last conclusive verification found the role assumable without its external ID, or by others. */
  insecure: boolean;
  /** A role was verified once. */
  proven: boolean;
  /** A signed-in admin, or the vendor's own code, named or confirmed the account. A link only proposes one. */
  confirmed: boolean;
  /** The last conclusive verification was refused the role. */
  refused: boolean;
  /** A check of the last conclusive verification failed (not warned, not skipped). */
  checkFailed: boolean;
  setupPermissions: SetupPermissions;
  trust: TrustSight;
}

/** The status is the first that holds. */
export function statusFrom(facts: StatusFacts): ConnectionStatus {
  if (facts.disconnected) return "disconnected";
  if (facts.paused) return "paused";
  if (facts.insecure || isUnreadable(facts.trust)) return "insecure";
  const counts = facts.proven && facts.confirmed;
  if (counts && facts.refused) return "broken";
  if (!counts) return "pending";
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
  /** Whether the role's trust policy could be read, and when that was tried, ISO 8601; missing where AWS gave no answer. */
  trustSeen?: { as: "read" | "denied"; at: string };
}

/**
 * What is known once a report is in. One without a conclusion changes nothing, and one that could not see the setup
 * permissions leaves what was known of them.
 */
export function factsAfter(known: StatusFacts, report: ReportedFacts): StatusFacts {
  if (report.outcome === "inconclusive") return known;
  return {
    ...known,
    insecure: report.outcome === "insecure",
    // A role in an account that is only proposed may be found in order; it counts once the account is confirmed.
    proven: known.proven || (known.confirmed && report.outcome === "proven"),
    refused: report.outcome === "failed",
    // Setup permissions that are still there are a status of their own, `setup`, and no damage.
    checkFailed: report.checks.some(({ id, status }) => status === "failed" && id !== "setup-permissions"),
    setupPermissions: report.setupPermissions === "unknown" ? known.setupPermissions : report.setupPermissions,
    trust: sightAfter(known.trust, report),
  };
}

/** What a record of a connection keeps besides its status; what it does not say follows from the status. */
export interface RecordedFacts {
  status: ConnectionStatus;
  /** A role was verified once. */
  verified?: boolean;
  /** False while its account is only proposed. */
  confirmed?: boolean;
  setupPermissions?: SetupPermissions;
  trust?: TrustSight;
}

/** The facts behind a status, as far as a record has them. */
export function factsOf(record: RecordedFacts): StatusFacts {
  const { status, verified, confirmed = true, setupPermissions, trust = unseenTrust } = record;
  return {
    disconnected: status === "disconnected",
    paused: status === "paused",
    insecure: status === "insecure" && !isUnreadable(trust),
    proven: verified ?? (isUsable(status) || status === "broken"),
    confirmed,
    refused: status === "broken",
    checkFailed: status === "degraded",
    setupPermissions: setupPermissions ?? (status === "active" ? "gone" : "unknown"),
    trust,
  };
}

/** The status that a verification leads to, where nothing but the status is known. */
export function statusAfterVerification(current: ConnectionStatus, report: ReportedFacts): ConnectionStatus {
  return statusFrom(factsAfter(factsOf({ status: current }), report));
}

/** Statuses of a connection, as product language names them. Kept in step with the database's enum by its type. */
export const connectionStatuses = [
  "pending",
  "setup",
  "active",
  "degraded",
  "insecure",
  "broken",
  "paused",
  "disconnected",
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

/** Steps of the wizard, in order; the path of each page ends in its name. */
export const wizardSteps = ["external-id", "launch", "role", "verify", "drop-setup"] as const;
export type WizardStep = (typeof wizardSteps)[number];

export interface WizardFacts {
  status: ConnectionStatus;
  launchedAt: Date | null;
  /** A role was pasted or found. */
  roleNamed: boolean;
  setupPermissions: SetupPermissions;
}

/** Where the wizard goes on; null when nothing is left to do in it. */
export function nextStepOf({ status, launchedAt, roleNamed, setupPermissions }: WizardFacts): WizardStep | null {
  switch (status) {
    case "pending":
      if (roleNamed) return "verify";
      return launchedAt ? "role" : "launch";
    case "insecure":
    case "broken":
      return "verify";
    case "setup":
      return "drop-setup";
    case "degraded":
      return setupPermissions === "present" ? "drop-setup" : "verify";
    default:
      return null;
  }
}

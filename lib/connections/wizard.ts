import type { ConnectionStatus, SetupPermissions } from "@/lib/crossaccount/status";

/** Steps of the wizard, in order; the path of each page ends in its name. */
export const wizardSteps = ["review", "launch", "role", "verify", "drop-setup"] as const;
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

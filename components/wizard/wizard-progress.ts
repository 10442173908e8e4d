import type { ConnectionDetail } from "@/lib/connections/schema";
import { type WizardStep, wizardSteps } from "@/lib/connections/wizard";
import { isSetupOver } from "@/lib/crossaccount/status";

const stepTitles: Record<WizardStep, string> = {
  review: "Review",
  launch: "Launch",
  role: "Role",
  verify: "Verify",
  "drop-setup": "Remove setup permissions",
};

export interface StepProgress {
  step: WizardStep;
  title: string;
  done: boolean;
  /** Whether its page can be opened now. */
  reached: boolean;
}

type Facts = Pick<ConnectionDetail, "launchedAt" | "roleArn" | "provenAt" | "setupPermissions">;

/** Where the wizard stands, from what the database knows. Null is a connection that does not exist yet. */
export function wizardProgress(connection: Facts | null): StepProgress[] {
  const done = stepsDone(connection);
  return wizardSteps.map((step) => ({
    step,
    title: stepTitles[step],
    done: done[step],
    reached: isReached(step, connection),
  }));
}

/** The step that the wizard goes on to by itself; null where it stays. What a verification found wrong is repaired beside it. */
export function goalOf({ status, nextStep }: Pick<ConnectionDetail, "status" | "nextStep">): WizardStep | null {
  if (status === "active") return "drop-setup";
  return status === "degraded" ? "verify" : nextStep;
}

function stepsDone(connection: Facts | null): Record<WizardStep, boolean> {
  const hasRole = Boolean(connection?.roleArn);
  return {
    review: connection !== null,
    launch: hasRole || Boolean(connection?.launchedAt),
    role: hasRole,
    verify: Boolean(connection?.provenAt),
    "drop-setup": connection !== null && Boolean(connection.provenAt) && isSetupOver(connection.setupPermissions),
  };
}

/** A stack may also be made by command or by a colleague, so the role can be named before the launch link was opened. */
function isReached(step: WizardStep, connection: Facts | null): boolean {
  switch (step) {
    case "review":
    case "launch":
    case "role":
      return connection !== null;
    case "verify":
      return Boolean(connection?.roleArn);
    case "drop-setup":
      return Boolean(connection?.provenAt);
  }
}

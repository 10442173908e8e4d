export const reminderKinds = [
  "setup-lingers",
  "wizard-unfinished",
  "template-update",
  "external-id-old",
  "role-shared",
  "account-shared",
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** They speak of another customer, so they are never shown to a customer. */
export const reminderKindsForStaff: readonly ReminderKind[] = ["role-shared", "account-shared"];

/** How the rotation of an external ID ends. */
export const rotationOutcomes = ["completed", "abandoned", "expired", "disconnected"] as const;

export const roundKinds = ["scheduled", "all"] as const;
export const roundStates = ["running", "finished", "cancelled"] as const;

/** What became of the audits of a round. */
export const itemOutcomes = ["proven", "failed", "insecure", "inconclusive", "skipped", "cancelled"] as const;
export type ItemOutcome = (typeof itemOutcomes)[number];

/** Why a round names a connection, worst first. `skipped`: it could not be audited for a fault of ours. */
export const findingKinds = ["insecure", "failed", "changed", "inconclusive", "skipped"] as const;

/** What can differ about a role from how it was proven. */
export const driftKinds = [
  "role-recreated",
  "trust-policy",
  "attached-policies",
  "boundary",
  "session-duration",
  "template-version",
] as const;
export type DriftKind = (typeof driftKinds)[number];

export const reminderKinds = [
  "setup-lingers",
  "wizard-unfinished",
  "template-update",
  "role-shared",
  "account-shared",
] as const;
export type ReminderKind = (typeof reminderKinds)[number];

/** They speak of another customer, so they are never shown to a customer. */
export const reminderKindsForStaff: readonly ReminderKind[] = ["role-shared", "account-shared"];

export type RoundKind = "scheduled" | "all";
export type RoundState = "running" | "finished" | "cancelled";

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

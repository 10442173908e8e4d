export const apiKeyStates = ["active", "expired", "revoked"] as const;
export type ApiKeyState = (typeof apiKeyStates)[number];

/** Lets a key get credentials of customers' accounts, so such keys are held tighter. */
export const issuingScope = "credentials:issue";

/** How long keys live, in days. */
export const daysAtMost = 366;
export const daysOfIssuingAtMost = 90;

/** How long a key that is rotated works on beside the new one. */
export const overlapHoursAtMost = 7 * 24;

export function daysAllowed(scopes: readonly string[]): number {
  return scopes.includes(issuingScope) ? daysOfIssuingAtMost : daysAtMost;
}

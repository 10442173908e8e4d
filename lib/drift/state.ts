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

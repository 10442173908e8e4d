import type { ConnectionStatus } from "@/lib/crossaccount/status";

/** `setup`: an AWS admin who has no login makes the role (hand-off). `repair`: someone repairs what is broken. */
export const linkPurposes = ["setup", "repair"] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

export const linkStates = ["open", "done", "revoked", "expired"] as const;
export type LinkState = (typeof linkStates)[number];

interface LinkFacts {
  revokedAt: Date | null;
  reachedAt: Date | null;
  expiresAt: Date;
}

export function linkStateOf({ revokedAt, reachedAt, expiresAt }: LinkFacts, now: Date): LinkState {
  if (revokedAt) return "revoked";
  if (reachedAt) return "done";
  return expiresAt > now ? "open" : "expired";
}

interface Linkable {
  status: ConnectionStatus;
  provenAt: Date | null;
}

/** What a link of this connection would be for; null where someone without a login has nothing to do. */
export function purposeFor({ status, provenAt }: Linkable): LinkPurpose | null {
  if (status === "broken" || status === "degraded") return "repair";
  if (status === "insecure") return provenAt ? "repair" : "setup";
  return status === "pending" ? "setup" : null;
}

/** Whose word a connection's account is. */
export const accountWords = ["unknown", "named", "proposed", "confirmed"] as const;
export type AccountWord = (typeof accountWords)[number];

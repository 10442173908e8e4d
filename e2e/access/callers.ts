import type { Audience } from "@/lib/audience";

const signedIn = ["admin", "viewer", "admin of another customer", "support", "security", "member of nothing"] as const;

/** Everybody who may try, by what the portal knows of them. */
export const callerNames = [
  ...signedIn,
  "stranger",
  // These two were an admin and staff until their sessions ended.
  "revoked session",
  "expired session",
  // Has a link's token, and shows it as if it were a session's.
  "link holder",
] as const;

export type CallerName = (typeof callerNames)[number];

export interface Caller {
  name: CallerName;
  email: string;
  /** The session's cookie; none for a stranger. */
  cookie?: string;
}

const allowed: Record<Audience, readonly CallerName[]> = {
  anyone: callerNames,
  "signed-in": signedIn,
  members: ["admin", "viewer"],
  admins: ["admin"],
  staff: ["support", "security"],
  "link-holders": ["link holder"],
  // Callers have sessions and links; what keys open, lib/api/routes.test.ts tries.
  "key-holders": [],
};

export type Answer = "allowed" | "not-signed-in" | "not-allowed" | "not-found";

/** What a caller must get. A person who is not a member learns nothing; a viewer is told who can do it. */
export function expectedAnswer(audience: Audience, caller: CallerName): Answer {
  if (allowed[audience].includes(caller)) return "allowed";
  if (audience === "link-holders") return "not-found";
  if (audience === "key-holders" || !allowed["signed-in"].includes(caller)) return "not-signed-in";
  return audience === "admins" && caller === "viewer" ? "not-allowed" : "not-found";
}

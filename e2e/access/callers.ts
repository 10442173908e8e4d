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
  // Programs: keys of the first customer without a scope and of before they were revoked, and another customer's with all scopes.
  "key with too little scope",
  "another customer's key",
  "revoked key",
] as const;

export type CallerName = (typeof callerNames)[number];

export interface Caller {
  name: CallerName;
  email: string;
  /** The session's cookie; none for a stranger. */
  cookie?: string;
  /** The key of a program, as a header. */
  authorization?: string;
}

const allowed: Record<Audience, readonly CallerName[]> = {
  anyone: callerNames,
  "signed-in": signedIn,
  members: ["admin", "viewer"],
  admins: ["admin"],
  staff: ["support", "security"],
  security: ["security"],
  "link-holders": ["link holder"],
  // None of these keys opens what it should not; what a right one opens, lib/api/routes.test.ts tries.
  "key-holders": [],
};

export type Answer = "allowed" | "not-signed-in" | "not-allowed" | "not-found";

/**
 * What a program may get besides, of a route of the API: a key is told what is no address, no method or no input, and another
 * customer's gets what is nobody's. What of that is private, the body shows.
 */
export function alsoAnswered(route: string, { name, authorization }: Caller): string[] {
  if (!route.startsWith("/api/") || !authorization || name === "revoked key") return [];
  const isNobodys = name === "another customer's key" && !route.includes("[");
  return [
    "status 405",
    ...(route.includes("[...") ? ["not-found"] : []),
    ...(name === "another customer's key" ? ["status 400", "status 415"] : []),
    ...(isNobodys ? ["allowed"] : []),
  ];
}

/** What a caller must get. A person who is not a member learns nothing; a viewer, and support, are told who can do it. */
export function expectedAnswer(audience: Audience, caller: CallerName): Answer {
  if (allowed[audience].includes(caller)) return "allowed";
  if (audience === "key-holders" && caller === "key with too little scope") return "not-allowed";
  if (audience === "key-holders" && caller === "another customer's key") return "not-found";
  if (audience === "link-holders") return "not-found";
  if (audience === "key-holders" || !allowed["signed-in"].includes(caller)) return "not-signed-in";
  const isTold = (audience === "admins" && caller === "viewer") || (audience === "security" && caller === "support");
  return isTold ? "not-allowed" : "not-found";
}

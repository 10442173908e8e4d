import type { AccessLogSource, ActorType } from "@/lib/crossaccount";

export const outcomes = ["allowed", "refused", "error"] as const;
export type Outcome = (typeof outcomes)[number];

/** Of the library too, which browsers do not load. */
export const sources = ["announced", "kept-session", "reported"] as const satisfies readonly AccessLogSource[];

/** The library's own list, which browsers do not load. */
export const actorTypes = [
  "customer",
  "staff",
  "portal-session",
  "link",
  "api-key",
  "service",
  "job",
  "system",
] as const satisfies readonly ActorType[];

import type { ActorType } from "@/lib/crossaccount";

export const outcomes = ["allowed", "refused", "error"] as const;
export type Outcome = (typeof outcomes)[number];

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

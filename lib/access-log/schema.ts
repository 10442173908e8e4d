import { z } from "zod";

export const outcomes = ["allowed", "refused", "error"] as const;
export type Outcome = (typeof outcomes)[number];

export const actorTypes = ["customer", "staff", "api-key", "service", "system"] as const;
export type ActorType = (typeof actorTypes)[number];

/** PostgreSQL knows no year 0 and takes no NUL in a text. */
const day = z.iso.date("must be a day such as 2026-03-31").refine((text) => !text.startsWith("0000"), {
  error: "must be a day such as 2026-03-31",
});
const text = z
  .string()
  .max(200, "must have 200 characters at most")
  .refine((given) => !given.includes("\0"), { error: "must not have control characters" });

/** Which entries to show; each part lives in the address under its own name. */
const filterFields = {
  outcome: z.enum(outcomes, `must be one of ${outcomes.join(", ")}`),
  /** Part of the purpose, in any case. */
  purpose: text.trim(),
  actor: z.enum(actorTypes, `must be one of ${actorTypes.join(", ")}`),
  /** One actor: the identifier that an entry shows. */
  actorId: text,
  /** Our own verification probes: only them, or none of them. */
  probes: z.enum(["only", "none"], "must be only or none"),
  /** First and last day, in UTC. */
  from: day,
  to: day,
};

export type AccessLogFilter = { [Name in keyof typeof filterFields]?: z.output<(typeof filterFields)[Name]> };

export type SearchParameters = Record<string, string | string[] | undefined>;

/** The filter in an address. What cannot be one is named in `faults`, so that nobody mistakes what they see for less or more. */
export function readFilter(parameters: SearchParameters): { filter: AccessLogFilter; faults: string[] } {
  const filter: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, field] of Object.entries(filterFields)) {
    const given = parameters[name];
    const text = typeof given === "string" ? given : given?.[0];
    if (text === undefined || text === "") continue;
    const parsed = field.safeParse(text);
    if (parsed.success) filter[name] = parsed.data;
    else faults.push(`${name} ${parsed.error.issues[0]?.message ?? "is not valid"}`);
  }
  return { filter, faults };
}

/** An address with a filter; `more` is what the page itself keeps there, such as a cursor. */
export function filterAddress(path: string, filter: AccessLogFilter, more: Record<string, string> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, ...more })) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

export interface AccessLogEntryView {
  id: string;
  connectionId: string;
  /** Place in the connection's chain. */
  sequence: number;
  at: Date;
  outcome: Outcome;
  probe: boolean;
  /** The name is null where there is none, or where the reader may not know it. */
  actor: { type: ActorType; id: string; name: string | null };
  purpose: string;
  sessionName: string;
  region: string;
  requestId: string | null;
  errorCode: string | null;
  latencyMs: number;
  expiresAt: Date | null;
}

export interface AccessLogPage<View = AccessLogEntryView> {
  rows: View[];
  nextCursor: string | null;
}

/** Staff see whose connection it was. */
export interface StaffAccessLogEntryView extends AccessLogEntryView {
  connectionName: string;
  customerName: string;
}

export interface OutcomeCounts {
  allowed: number;
  refused: number;
  error: number;
}

export interface AccessLogUsage {
  /** Every day of the period, oldest first; probes are counted apart. */
  days: (OutcomeCounts & { day: string; probe: number })[];
  /** The busiest purposes, busiest first, probes left out. */
  purposes: (OutcomeCounts & { purpose: string })[];
  /** When the last credentials issued so far stop working; null when none work any more. */
  credentialsUntil: Date | null;
}

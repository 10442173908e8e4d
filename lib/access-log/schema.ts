import { z } from "zod";
import type { VerificationOutcome } from "@/lib/crossaccount/status";
import { instant } from "@/lib/instant";
import { actorTypes, outcomes, sources } from "./kinds";

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

/** The filter in an address. What cannot be one is named in `faults`, so that no one mistakes what they see for less or more. */
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

const actorType = z.enum(actorTypes);
const optional = (what: string) => z.string().nullable().describe(what);

export const accessLogEntryViewSchema = z
  .strictObject({
    id: z.uuid(),
    connectionId: z.uuid(),
    sequence: z.int().describe("Place in the connection's chain"),
    at: instant,
    outcome: z.enum(outcomes),
    source: z
      .enum(sources)
      .nullable()
      .describe(
        "announced: its caller was told how to assume the role itself; kept-session: credentials of an open session were given away; reported: its caller's word; null where AWS or the portal answered just then",
      ),
    probe: z.boolean().describe("Made by a verification, for which a refusal may be the wanted answer"),
    actor: z.strictObject({
      type: actorType,
      id: z.string(),
      name: optional("Null where there is none, or the reader may not know it"),
    }),
    purpose: z.string(),
    sessionName: z.string().describe("As the customer's CloudTrail shows it; empty when no request was made"),
    region: z.string(),
    requestId: optional("STS's request ID; null when no request was made"),
    errorCode: optional("AWS's error code, or ours when the portal itself refused; null when it was allowed"),
    latencyMs: z.int().describe("How long AWS took to answer, by our clock"),
    expiresAt: instant.nullable().describe("When the credentials stop working; null when there were none"),
  })
  .describe("One use of a connection, allowed or refused.");
export type AccessLogEntryView = z.output<typeof accessLogEntryViewSchema>;

export const staffAccessLogEntryViewSchema = accessLogEntryViewSchema
  .extend({ connectionName: z.string(), customerName: z.string() })
  .describe("One use of a connection among those of all customers.");
export type StaffAccessLogEntryView = z.output<typeof staffAccessLogEntryViewSchema>;

const nextCursor = z.string().nullable().describe("Given back for the entries that follow; null at the end");

const probingRun = z.strictObject({
  id: z.uuid(),
  outcome: z
    .enum(["proven", "insecure", "failed", "inconclusive"] satisfies VerificationOutcome[])
    .nullable()
    .describe("Null where it came to none"),
  entries: z.array(z.uuid()).describe("Of the page, the probes that it made"),
});
export type ProbingRun = z.output<typeof probingRun>;

export const accessLogPageSchema = z
  .strictObject({
    rows: z.array(accessLogEntryViewSchema),
    runs: z.array(probingRun).describe("The verifications that made the probes of the page"),
    nextCursor,
  })
  .describe("A page of a connection's access log, newest first.");
export type AccessLogPage = z.output<typeof accessLogPageSchema>;

export const staffAccessLogPageSchema = z
  .strictObject({ rows: z.array(staffAccessLogEntryViewSchema), nextCursor })
  .describe("A page of all customers' access log, newest first.");
export type StaffAccessLogPage = z.output<typeof staffAccessLogPageSchema>;

const count = z.int().min(0);
const outcomeCounts = z.strictObject({ allowed: count, refused: count, error: count });
export type OutcomeCounts = z.output<typeof outcomeCounts>;

export const accessLogUsageSchema = z
  .strictObject({
    days: z
      .array(outcomeCounts.extend({ day: z.iso.date(), probe: count }))
      .describe("Every day of the period in UTC, oldest first; probes are counted apart"),
    purposes: z
      .array(outcomeCounts.extend({ purpose: z.string() }))
      .describe("The busiest purposes, busiest first, probes left out"),
    credentialsUntil: instant
      .nullable()
      .describe("When the last credentials issued so far stop working; null when none work any more"),
  })
  .describe("How a connection was used in the last 30 days.");
export type AccessLogUsage = z.output<typeof accessLogUsageSchema>;

export const usesOfWeekSchema = z
  .strictObject({
    total: count.describe("Of all connections"),
    isMore: z.boolean().describe("Whether there were more than were counted; connections are not told apart then"),
    lastAt: instant.nullable().describe("The last use of these days; null where there was none"),
    connections: z.record(z.uuid(), z.array(count)).describe("Uses on each day, oldest first, of those that were used"),
  })
  .describe("How often a customer's connections were used on the last 7 days in UTC, probes left out.");
export type UsesOfWeek = z.output<typeof usesOfWeekSchema>;

const { shape: entry } = accessLogEntryViewSchema;

export const accessLogRecordSchema = z
  .strictObject({
    time: instant,
    outcome: entry.outcome,
    verification_probe: entry.probe,
    purpose: z.string(),
    actor_type: actorType,
    actor_id: z.string(),
    actor_name: entry.actor.shape.name,
    session_name: entry.sessionName,
    sts_request_id: entry.requestId,
    region: z.string(),
    error_code: entry.errorCode,
    latency_ms: entry.latencyMs,
    expires_at: entry.expiresAt,
    connection_id: z.uuid(),
    sequence: entry.sequence,
    source: entry.source,
  })
  .describe("One use of a connection in an export.");
export type AccessLogRecord = z.output<typeof accessLogRecordSchema>;

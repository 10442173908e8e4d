import { z } from "zod";
import { driftKinds } from "@/lib/drift/state";
import { instant } from "@/lib/instant";
import {
  connectionStatus,
  statusChangeSchema,
  verificationOutcome,
  verificationState,
} from "@/lib/verifications/schema";
import { findingKinds, itemOutcomes, reminderKinds, rotationOutcomes, roundKinds, roundStates } from "./state";

export const roundInput = z.strictObject({ roundId: z.uuid() });

const count = z.int().min(0);

/** Which connection, where those of all customers are listed. */
const whose = { connectionId: z.uuid(), connectionName: z.string(), customerName: z.string() };

export const driftViewSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(driftKinds),
    before: z.string().nullable().describe("Null: there was none"),
    after: z.string().nullable().describe("Null: there is none"),
    notSeenAt: instant.describe("The last audit that did not see it"),
    firstSeenAt: instant.describe("The first audit that saw it; the change came between the two"),
    verificationId: z.uuid().nullable().describe("The audit that saw it first; null once it was removed for its age"),
    endedAt: instant.nullable().describe("Null while it lasts"),
  })
  .describe("A change of the role since a person verified it.");
export type DriftView = z.output<typeof driftViewSchema>;

const otherConnection = z.strictObject(whose);
export type OtherConnectionView = z.output<typeof otherConnection>;

const reminder = { id: z.uuid(), kind: z.enum(reminderKinds), since: instant };

export const reminderViewSchema = z
  .strictObject({
    ...reminder,
    updateUrl: z
      .url()
      .nullable()
      .describe("Opens CloudFormation with the current template; null where no update is needed, and for staff"),
    others: z
      .array(otherConnection)
      .describe("For staff only: the other connections it is about, which may be other customers'"),
  })
  .describe("A reminder about a connection that needs something done.");
export type ReminderView = z.output<typeof reminderViewSchema>;

export const staffReminderViewSchema = z
  .strictObject({ ...reminder, ...whose })
  .describe("A reminder among those of all customers.");
export type StaffReminderView = z.output<typeof staffReminderViewSchema>;

export const runViewSchema = z
  .strictObject({
    id: z.uuid(),
    byAudit: z.boolean().describe("An audit ran automatically; a person started a verification"),
    state: verificationState,
    outcome: verificationOutcome.nullable().describe("Null until it finished"),
    failed: count.describe("Checks that failed"),
    warned: count.describe("Checks that gave a warning"),
    startedAt: instant,
    finishedAt: instant.nullable().describe("Null while it runs"),
  })
  .describe("One verification or audit in a connection's history.");
export type RunView = z.output<typeof runViewSchema>;

export const historyViewSchema = z
  .strictObject({
    changes: z.array(statusChangeSchema).describe("At most 100, newest first"),
    runs: z.array(runViewSchema).describe("At most 100, newest first"),
    drifts: z.array(driftViewSchema).describe("Those that last first"),
    rotations: z
      .array(z.strictObject({ what: z.enum(["started", ...rotationOutcomes]), at: instant }))
      .describe("What became of its external ID, newest first"),
    olderBefore: instant.nullable().describe("Ask again with this time for what came before; null where that is all"),
    nextAuditAt: instant.nullable().describe("Null while none is planned"),
  })
  .describe("What happened to a connection, the latest of it or what came before a time.");
export type HistoryView = z.output<typeof historyViewSchema>;

export const roundFindingViewSchema = z
  .strictObject({
    ...whose,
    status: connectionStatus.describe("As it is now"),
    finding: z.enum(findingKinds).describe("skipped: it could not be audited because of a fault on our side"),
  })
  .describe("A connection about which an audit run found something.");
export type RoundFindingView = z.output<typeof roundFindingViewSchema>;

export const roundViewSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(roundKinds).describe("scheduled: what fell due together; all: every connection, as staff asked"),
    state: z.enum(roundStates),
    startedAt: instant,
    finishedAt: instant.nullable().describe("Null while it runs"),
    total: count.describe("How many connections it is about, as far as they have joined it"),
    admitting: z.boolean().describe("Whether more connections are still to join it"),
    done: count.describe("Recorded, given up or cancelled"),
    counts: z.record(z.enum(itemOutcomes), count),
    secondsLeft: count.nullable().describe("Null while the time left is unknown, and once it has ended"),
  })
  .describe("An audit run, and its progress.");
export type RoundView = z.output<typeof roundViewSchema>;

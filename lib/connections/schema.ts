import { z } from "zod";
import { type CustomerStatus, connectionStatuses, type SetupPermissions } from "@/lib/crossaccount/status";
import { instant } from "@/lib/instant";
import { connectionInput, customerReference } from "@/lib/tenancy/schema";
import { connectionStatus, statusChangeSchema, verificationViewSchema } from "@/lib/verifications/schema";
import { isVisible, oneLine } from "@/lib/visible-text";
import { endViewSchema, holdViewSchema } from "./exit-schema";
import { wizardSteps } from "./wizard";

/** As people write it: digits, with spaces or hyphens between them. */
const accountId = z
  .string()
  .trim()
  .transform((text) => text.replace(/[-\s]/g, ""))
  .pipe(
    z.string().regex(/^\d{12}$/, "An AWS account ID has 12 digits. You find it in the AWS console's top right menu."),
  );

const connectionName = z
  .string()
  .trim()
  .min(1, "Give the connection a name, such as Production.")
  .max(80, "Use 80 characters at most.")
  .regex(oneLine, "Use letters, digits, spaces and signs in one line. A character here cannot be shown.")
  .refine(isVisible, "Give the connection a name that can be seen, such as Production.");

/** Staff name a connection alone: whose it is, the row says. */
export const staffConnectionInput = connectionInput.omit({ customer: true });

export const renameConnectionInput = connectionInput.extend({ name: connectionName });

/** What the first step asks. */
const reviewed = {
  name: connectionName,
  region: z.string().trim().min(1, "Choose a region."),
  /** Null where the admin does not know it yet. */
  accountId: accountId.nullable().default(null),
  /** Ids of the features that were chosen; the vendor's defaults where it is left out. */
  features: z.array(z.string().max(40)).max(15).optional(),
};

export const createConnectionInput = z.strictObject({
  customer: customerReference,
  ...reviewed,
  /** In the address of the page that asks, so that a double click, a reload or the way back never creates two. */
  requestId: z.uuid(),
});
export const reviseConnectionInput = z.strictObject({ ...connectionInput.shape, ...reviewed });
export const submitRoleArnInput = z.strictObject({
  customer: customerReference,
  connectionId: z.uuid(),
  roleArn: z.string().max(2048, "A role ARN has 2,048 characters at most."),
});
export const findRoleInput = z.strictObject({
  customer: customerReference,
  connectionId: z.uuid(),
  accountId,
});

/** Columns of a list: no ciphertext, and no role ARN where a list does not need it. */
export const connectionSummarySchema = z
  .strictObject({
    id: z.uuid(),
    customerId: z.uuid(),
    customer: z.string().describe("The vendor's reference of the customer, as in addresses"),
    name: z.string(),
    status: connectionStatus,
    partition: z.string().describe("Such as aws or aws-us-gov"),
    region: z.string(),
    accountId: z.string().nullable().describe("12 digits; null until an admin named the account or a role in it"),
    accountProposedAt: instant
      .nullable()
      .describe("Since when the account waits for an admin to confirm it; else null"),
    setupPermissions: z
      .enum(["unknown", "present", "gone", "never-granted"] satisfies SetupPermissions[])
      .describe("What the last conclusive verification found of the setup permissions"),
    nextStep: z.enum(wizardSteps).nullable().describe("Where the wizard goes on; null when it is finished"),
    createdAt: instant,
    statusChangedAt: instant,
    lastVerifiedAt: instant.nullable().describe("When a verification last had a conclusion; null before"),
  })
  .describe("A connection in a list.");
export type ConnectionSummary = z.output<typeof connectionSummarySchema>;

export const connectionDetailSchema = connectionSummarySchema
  .extend({
    externalId: z.string().describe("Made by the portal for this connection only; it never changes by itself"),
    roleArn: z.string().nullable().describe("Null until there is a role"),
    roleName: z.string(),
    features: z.array(z.string()).describe("Ids of the features that were chosen, or that the role last had"),
    stackName: z.string(),
    launchedAt: instant.nullable().describe("When the launch link was first opened; null before"),
    provenAt: instant.nullable().describe("When a role was first verified; null before"),
    setupGoneAt: instant.nullable().describe("When the setup permissions were verified gone; null while they are not"),
    trustHidden: z
      .boolean()
      .describe(
        "Whether the role denies reading its trust policy, which it allowed before, and no admin confirmed that",
      ),
    isRotating: z
      .boolean()
      .describe("Whether a new external ID was issued that is to take the place of the one in use"),
    holds: z.array(holdViewSchema).describe("Empty unless it is paused"),
    end: endViewSchema.nullable().describe("Null while it has not ended"),
    credentialsUntil: instant
      .nullable()
      .describe(
        "Of a connection that was stopped: when the last credentials issued before expire; null where none are valid",
      ),
  })
  .describe("Everything about a connection.");
export type ConnectionDetail = z.output<typeof connectionDetailSchema>;

const count = z.int().min(0);

export const homeRowSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    status: connectionStatus,
    accountId: z.string().nullable().describe("12 digits; null until there is a role"),
    nextStep: z.enum(wizardSteps).nullable().describe("Where the wizard goes on; null when it is finished"),
    since: instant.describe("Since when it has this status"),
    provenAt: instant.nullable().describe("When a role was first verified; null before"),
    hasRole: z.boolean().describe("Whether there is a role to verify"),
    toConfirm: z.boolean().describe("A link brought an account, which an admin has not confirmed yet"),
    setupEndsAt: instant
      .nullable()
      .describe("When setup permissions that are still there end by themselves; null where that is not known"),
    heldByCustomer: z.boolean().describe("Whether the customer holds it; staff may hold it besides"),
    accessGone: z.boolean().describe("Whether AWS refused us since it ended"),
    trouble: z.string().nullable().describe("The gravest finding in a few words; null where there is none"),
  })
  .describe("A connection on the customer's home.");
export type HomeRow = z.output<typeof homeRowSchema>;

export const customerHomeSchema = z
  .strictObject({
    rows: z.array(homeRowSchema).describe("The most urgent first"),
    total: count,
    counts: z.record(z.enum(["working", "blocked", "paused", "unfinished", "ended"] satisfies CustomerStatus[]), count),
    worst: z
      .strictObject({ id: z.uuid(), name: z.string(), status: connectionStatus, cause: z.string().nullable() })
      .nullable()
      .describe("What to repair first, and why; null where nothing needs repair"),
  })
  .describe("A customer's connections at a glance.");
export type CustomerHome = z.output<typeof customerHomeSchema>;

export const staffConnectionSummarySchema = connectionSummarySchema
  .extend({ customerName: z.string() })
  .describe("A connection among those of all customers.");
export type StaffConnectionSummary = z.output<typeof staffConnectionSummarySchema>;

export const staffConnectionDetailSchema = connectionDetailSchema
  .omit({ externalId: true })
  .extend({
    customerName: z.string(),
    history: z.array(statusChangeSchema).describe("The latest 50 changes of its status, newest first"),
    verification: verificationViewSchema.nullable().describe("The latest; null when there was none"),
  })
  .describe("What staff see of one connection: everything but its external ID.");
export type StaffConnectionDetail = z.output<typeof staffConnectionDetailSchema>;

export const staffConnectionListSchema = z
  .strictObject({
    rows: z.array(staffConnectionSummarySchema),
    nextCursor: z.string().nullable().describe("Given back for the rows that follow; null at the end"),
    counts: z
      .record(z.enum(connectionStatuses), z.int().min(0))
      .describe("Connections by status, whatever is searched for"),
  })
  .describe("A page of all customers' connections.");
export type StaffConnectionList = z.output<typeof staffConnectionListSchema>;

export const launchInstructionsSchema = z
  .strictObject({
    launchUrl: z.url().describe("Opens CloudFormation with every parameter filled in"),
    createStackCommand: z.string().describe("The same with the AWS CLI"),
    stackUrl: z.url().describe("Opens the stack, should one of its name exist already"),
    deleteStackCommand: z.string().describe("Deletes one that was rolled back, whose name is not free before"),
    templateUrl: z.url(),
    stackName: z.string(),
    region: z.string(),
    features: z
      .array(z.strictObject({ parameter: z.string(), title: z.string(), chosen: z.boolean() }))
      .describe("The parameters by which the stack grants features"),
    setupPoliciesByAws: z
      .array(z.string())
      .describe("Names of setup's policies by AWS, which do not end by themselves"),
    setupExpiresAt: z.iso
      .datetime({ precision: 0 })
      .describe(
        "When the setup permissions end, counted from the request; as text, as the template's parameter takes it",
      ),
  })
  .describe("How to make a connection's stack.");
export type LaunchInstructions = z.output<typeof launchInstructionsSchema>;

export const stackRepairsSchema = z
  .strictObject({
    region: z.string(),
    stackName: z.string(),
    externalId: z.string().describe("What the stack's parameter must be"),
    stackUrl: z.url().describe("Opens the stack"),
    updateUrl: z.url().describe("Opens its update, which takes no parameters from a link"),
    deleteStackCommand: z.string().describe("Deletes one that was rolled back"),
    setExternalIdCommand: z.string().describe("Gives it the right external ID, and keeps the rest"),
  })
  .describe("What AWS takes as a repair of a stack that does not lead to a role.");
export type StackRepairs = z.output<typeof stackRepairsSchema>;

export const dropSetupInstructionsSchema = z
  .strictObject({
    updateUrl: z.url().describe("Opens CloudFormation with the update filled in"),
    updateStackCommand: z.string().describe("The same with the AWS CLI"),
    setupExpiresAt: instant.nullable().describe("When they end by themselves; null where not all of them do"),
  })
  .describe("How to remove the setup permissions.");
export type DropSetupInstructions = z.output<typeof dropSetupInstructionsSchema>;

export const findRoleResultSchema = z
  .discriminatedUnion("found", [
    z.strictObject({ found: z.literal(true) }),
    z.strictObject({
      found: z.literal(false),
      retryAfterSeconds: z.number().describe("When to ask again"),
      explanation: z.string().describe("Why it was not found, and what to do where waiting is not enough"),
      roleArn: z.string().describe("What is looked for: a verification of it knows more causes"),
    }),
  ])
  .describe("Whether the template's role is there and can be assumed.");
export type FindRoleResult = z.output<typeof findRoleResultSchema>;

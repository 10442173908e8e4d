import { z } from "zod";
import type { CheckId, CheckStatus, Confidence } from "@/lib/crossaccount";
import { connectionStatuses, type VerificationOutcome } from "@/lib/crossaccount/status";
import { instant } from "@/lib/instant";
import { receiptRole, receiptSubject } from "@/lib/receipts/schema";
import { connectionInput } from "@/lib/tenancy/schema";

export const startVerificationInput = connectionInput.extend({
  /** What the customer says about setup permissions: still there, or dropped. */
  expectSetup: z.enum(["present", "gone"]),
});

export const connectionStatus = z.enum(connectionStatuses);
export const verificationState = z
  .enum(["running", "finished", "abandoned"])
  .describe("abandoned: it was stopped or took too long, which says nothing about the role");
export const verificationOutcome = z
  .enum(["proven", "insecure", "failed", "inconclusive"] satisfies VerificationOutcome[])
  .describe("inconclusive: AWS gave no answer, so what is known about the role does not change");

const checkIds = [
  "role-arn",
  "assume-role",
  "reject-missing-external-id",
  "reject-wrong-external-id",
  "identity",
  "trust-policy",
  "ongoing-permissions",
  "setup-permissions",
  "excess-permissions",
  "session-duration",
  "template-version",
] as const satisfies readonly CheckId[];
const checkStatuses = ["passed", "failed", "warning", "skipped"] as const satisfies readonly CheckStatus[];

const fact = z.strictObject({
  label: z.string(),
  value: z.string(),
  format: z.enum(["text", "code"]).optional().describe("code: a value to copy, such as an ARN or a policy statement"),
});

export const remedyWay = z.strictObject({
  kind: z.enum(["command", "page"]).describe("command: for a shell with the AWS CLI; page: an address"),
  label: z.string(),
  value: z.string().describe("EXTERNAL-ID-OF-THIS-CONNECTION stands for the external ID"),
  enter: z.strictObject({ name: z.string(), value: z.string() }).optional().describe("What to enter on the page"),
});

export const checkViewSchema = z
  .strictObject({
    id: z.enum(checkIds),
    status: z.enum([...checkStatuses, "running", "waiting"]).describe("waiting: for AWS, before it asks again"),
    title: z.string(),
    evidence: z.array(fact).describe("What was observed"),
    cause: z.string().optional().describe("The likeliest cause, unless it passed"),
    confidence: z
      .enum(["certain", "likely", "possible"] satisfies Confidence[])
      .optional()
      .describe("How sure the cause is"),
    remedy: z.string().optional().describe("One next step"),
    ways: z.array(remedyWay).describe("How to follow the remedy, where a command or a page does; alternatives"),
    gravity: z.number().int().optional().describe("Of a finding: 0 is the worst"),
    toldBy: z.enum(checkIds).optional().describe("The check that tells the same cause already"),
  })
  .describe("One check of a verification.");
export type CheckView = z.output<typeof checkViewSchema>;

export const verificationViewSchema = z
  .strictObject({
    id: z.uuid(),
    connectionId: z.uuid(),
    state: verificationState,
    outcome: verificationOutcome.nullable().describe("Null until it finished"),
    waitingFor: z
      .string()
      .nullable()
      .describe("What it waits for right now, in a sentence; null while it does not wait"),
    startedAt: instant,
    finishedAt: instant.nullable().describe("Null while it runs"),
    checks: z.array(checkViewSchema).describe("In the order in which one failure explains those after it"),
    connectionStatus: connectionStatus.describe("Status of the connection as it is now"),
  })
  .describe("One run of the checks on a connection.");
export type VerificationView = z.output<typeof verificationViewSchema>;

/** As a program that watches a verification receives it. */
export type VerificationMessage = z.input<typeof verificationViewSchema>;

export const statusChangeSchema = z
  .strictObject({
    from: connectionStatus,
    to: connectionStatus,
    cause: z.string().describe("Why, in a sentence"),
    at: instant,
  })
  .describe("A change of a connection's status.");

const receiptCheck = z.strictObject({
  id: z.enum(checkIds),
  status: z.enum(checkStatuses),
  title: z.string(),
  evidence: z.array(fact.omit({ format: true })),
});

export const setupReceiptSchema = z
  .strictObject({
    statement: z.string().describe("What is verified, in a sentence"),
    proven_at: instant,
    ...receiptSubject,
    aws: receiptRole.extend({
      role_id: z.string().nullable().describe("IAM's unique ID, AROA…; null where the role could not be read"),
    }),
    setup_permissions: z
      .array(
        z.strictObject({
          sid: z.string(),
          actions: z.array(z.string()),
          not_actions: z.array(z.string()).optional().describe("What of the actions it leaves out"),
        }),
      )
      .describe("What the template grants for setup, and the role was verified no longer to have"),
    setup_policies_by_aws: z
      .array(z.string())
      .optional()
      .describe(
        "ARNs of the policies by AWS that the template attaches for setup; absent in receipts of earlier versions",
      ),
    checks: z.array(receiptCheck).describe("All checks of the verification that showed it"),
  })
  .describe("The dated proof that a connection's setup permissions are gone, as its file holds it.");
export type SetupReceipt = z.output<typeof setupReceiptSchema>;

import { z } from "zod";
import { instant } from "@/lib/instant";
import { receiptRole, receiptSubject } from "@/lib/receipts/schema";

export const holdViewSchema = z
  .strictObject({
    by: z.enum(["customer", "staff"]),
    since: instant,
    name: z.string().nullable().describe("Of the person, as far as the reader may know it; null for others"),
  })
  .describe("Who holds a connection; each lifts the own hold alone.");
export type HoldView = z.output<typeof holdViewSchema>;

export const endViewSchema = z
  .strictObject({
    at: instant,
    name: z.string().nullable().describe("Of who ended it, as far as the reader may know it; null for others"),
    accessGoneAt: instant
      .nullable()
      .describe("Since when AWS refuses us; null while it does not, or has not been asked"),
    lastAskedAt: instant.nullable().describe("When AWS was last asked; null before"),
    lastAnswer: z.enum(["refused", "allowed", "unclear"]).nullable().describe("What AWS said then; null before"),
    nextAskAt: instant.nullable().describe("When AWS is asked next; null once that is over"),
    receiptId: z.uuid().nullable().describe("Of the latest receipt of that; null before the first"),
  })
  .describe("The end of a connection, and what AWS says since.");
export type EndView = z.output<typeof endViewSchema>;

export const exitInstructionsSchema = z
  .strictObject({
    region: z.string(),
    stackName: z.string(),
    roleName: z.string(),
    revokeUrl: z.url().describe("Opens the role's tab Revoke sessions"),
    revokeCommand: z.string().describe("The same with the AWS CLI"),
    stackUrl: z.url().describe("Opens the stack, with its button Delete"),
    deleteStackCommand: z.string().describe("The same with the AWS CLI"),
  })
  .describe("What only the customer can do in AWS about a connection that is stopped.");
export type ExitInstructions = z.output<typeof exitInstructionsSchema>;

export const endReceiptSchema = z
  .strictObject({
    statement: z.string().describe("What was seen, in a sentence"),
    result: z.enum(["access-gone", "still-there"]),
    asked_at: instant,
    ended_at: instant.describe("When the connection was ended"),
    ...receiptSubject,
    aws: receiptRole.extend({
      call: z.string(),
      error_code: z.string().nullable().describe("What AWS answered; null where it let us in"),
    }),
    control: z
      .strictObject({ call: z.string(), account_id: z.string() })
      .nullable()
      .describe("That AWS accepted our own credentials in the same run; null where it let us in, which says so too"),
    meaning: z.string().describe("What this says and what it cannot say"),
  })
  .describe("What AWS answered after a connection had ended, as its file holds it.");
export type EndReceipt = z.output<typeof endReceiptSchema>;

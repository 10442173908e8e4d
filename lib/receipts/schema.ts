import { z } from "zod";
import { instant } from "@/lib/instant";

/** That setup permissions are gone, how a rotation of the external ID ended, and what AWS says since a connection ended. */
export const receiptKinds = ["setup", "rotation", "end"] as const;
export type ReceiptKind = (typeof receiptKinds)[number];

export const receiptViewSchema = z
  .strictObject({
    id: z.uuid(),
    kind: z
      .enum(receiptKinds)
      .describe(
        "setup: setup permissions are gone; rotation: how one of the external ID ended; end: whether access is",
      ),
    at: instant.describe("When AWS answered what it says"),
  })
  .describe("A receipt in a list.");
export type ReceiptView = z.output<typeof receiptViewSchema>;

/** Whom and what a receipt is about. */
export const receiptSubject = {
  vendor: z.strictObject({ service_name: z.string(), product_name: z.string() }),
  connection: z.strictObject({ id: z.uuid(), name: z.string() }),
};
export const receiptRole = z.strictObject({
  partition: z.string().describe("Such as aws or aws-us-gov"),
  account_id: z.string().nullable().describe("12 digits; null where it was never known"),
  role_arn: z.string(),
});

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const rotationReceiptSchema = z
  .strictObject({
    statement: z.string().describe("What was seen, in a sentence"),
    result: z.enum(["completed", "abandoned", "expired"]),
    began_at: instant.describe("When the new external ID was issued"),
    ended_at: instant,
    ...receiptSubject,
    aws: receiptRole.extend({ call: z.string() }),
    external_ids: z
      .strictObject({ in_use_sha256: sha256, retired_sha256: sha256 })
      .describe("SHA-256 of their texts, by which whoever has one finds it here; the texts are in no receipt"),
    meaning: z.string().describe("What this says and what it cannot say"),
  })
  .describe("How a rotation of an external ID ended, as its file holds it.");
export type RotationReceipt = z.output<typeof rotationReceiptSchema>;

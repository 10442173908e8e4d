import { z } from "zod";
import { instant } from "@/lib/instant";

const outcome = z.enum(["allowed", "refused", "error"]);

export const assumptionViewSchema = z
  .strictObject({
    id: z.uuid(),
    connectionId: z.uuid(),
    purpose: z.string(),
    sessionName: z.string().describe("As the customer's CloudTrail shows it"),
    region: z.string(),
    at: instant,
    expiresAt: instant.describe("When its session ends, if it began at once"),
    report: z
      .strictObject({
        outcome,
        errorCode: z.string().nullable().describe("AWS's error code; null where none was told"),
        requestId: z.string().nullable().describe("STS's request ID; null where none was told"),
        expiresAt: instant.nullable().describe("When its credentials stop working; null where that was not told"),
        at: instant,
        by: z.strictObject({ type: z.string(), id: z.string() }),
      })
      .nullable()
      .describe("What its caller said became of it; null until then"),
  })
  .describe("An assumption that was announced, for a caller that asks AWS by its own identity.");
export type AssumptionView = z.output<typeof assumptionViewSchema>;

export const assumptionSecretsSchema = z
  .strictObject({
    assumption: assumptionViewSchema,
    roleArn: z.string(),
    externalId: z.string(),
    otherExternalId: z
      .string()
      .nullable()
      .describe("To be tried where AWS refuses the first; null unless one is rotated"),
    partition: z.string(),
    durationSeconds: z.int(),
  })
  .describe("What it takes to assume a customer's role by an AWS identity of one's own.");
export type AssumptionSecrets = z.output<typeof assumptionSecretsSchema>;

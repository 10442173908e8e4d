import { z } from "zod";
import { instant } from "@/lib/instant";

export const rotationViewSchema = z
  .strictObject({
    running: z
      .strictObject({
        startedAt: instant,
        expiresAt: instant.describe("When the new external ID is retired unless it is used"),
        isPaused: z.boolean().describe("The connection is paused, so nothing goes on"),
        isExpiring: z
          .boolean()
          .describe("That time is over, and AWS is looked at once more before the new one is retired"),
        seen: z
          .enum(["unused", "arriving", "both", "complete", "unknown"])
          .nullable()
          .describe("What was last seen in AWS; null before anyone looked"),
        isAccepted: z.boolean().describe("AWS accepted the new one last"),
        externalId: z.string().describe("The new one"),
        stackName: z.string(),
        updateUrl: z.url().describe("Opens the stack's update page, where ExternalId is to be set to the new one"),
        updateStackCommand: z.string().describe("The same with the AWS CLI"),
        changeSetCommand: z.string().describe("The same by a change set, which also undoes what was changed by hand"),
        trustCommand: z.string().describe("For a role that no stack made: its trust policy with the new one"),
      })
      .nullable()
      .describe("Null while no rotation runs"),
    last: z
      .strictObject({
        outcome: z.enum(["completed", "abandoned", "expired"]),
        endedAt: instant,
        receiptId: z.uuid().nullable().describe("Null where it ended before there were receipts of it"),
      })
      .nullable()
      .describe("How the last one ended; null before the first"),
    issuedAt: instant.describe("When the external ID in use was issued"),
    refusal: z.string().nullable().describe("Why no rotation can begin; null where one can"),
  })
  .describe("How the rotation of a connection's external ID is.");
export type RotationView = z.output<typeof rotationViewSchema>;

export const followedRotationSchema = z
  .strictObject({
    state: z.enum(["waiting", "verifying", "ended"]),
    retryAfterSeconds: z.number().describe("When to ask again"),
  })
  .describe("Whether AWS accepts the new external ID of a rotation.");
export type FollowedRotation = z.output<typeof followedRotationSchema>;

import { z } from "zod";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import { instant } from "@/lib/instant";
import { customerReference } from "@/lib/tenancy/schema";
import { apiKeyStates, overlapHoursAtMost } from "./state";

const days = z.int("Choose how long the key lives.");
const confirmed = z
  .boolean()
  .default(false)
  .describe("Whether the person said once more that this key may issue credentials of every customer");

export const createApiKeyInput = z.strictObject({
  name: z.string().trim().min(1, "Write a name, such as that of the service."),
  scopes: z.array(z.string()).min(1, "Choose at least one scope.").max(50),
  customer: z
    .string()
    .trim()
    .min(1, "Write the customer's reference, or choose all customers.")
    .pipe(customerReference)
    .nullable()
    .describe("The vendor's own reference; null for all customers"),
  days,
  networks: z.array(z.string().max(64)).max(50).default([]).describe("That it works from; empty for anywhere"),
  confirmed,
});

export const rotateApiKeyInput = z.strictObject({
  apiKeyId: z.uuid(),
  days,
  overlapHours: z
    .int()
    .min(0)
    .max(overlapHoursAtMost, `The old key works on for ${overlapHoursAtMost / 24} days at most.`)
    .describe("For how long the old key works on"),
  confirmed,
});

export const revokeApiKeyInput = z.strictObject({ apiKeyId: z.uuid() });

export const newApiKeySchema = z
  .strictObject({
    id: z.uuid(),
    key: z.string().describe("To be handed to the program that will use it. It is not shown again"),
    expiresAt: instant,
  })
  .describe("An API key that was just made.");
export type NewApiKeyView = z.output<typeof newApiKeySchema>;

export const apiKeyViewSchema = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().describe("Its first characters"),
    state: z.enum(apiKeyStates),
    scopes: z.array(z.string()),
    customer: z
      .strictObject({ reference: z.string(), name: z.string() })
      .nullable()
      .describe("The one that it is for; null for all"),
    networks: z.array(z.string()).describe("That it works from; empty for anywhere"),
    isConfirmed: z.boolean().describe("Whether a person of security let it issue credentials of every customer"),
    madeBy: z.strictObject({
      type: z.enum(ACTOR_TYPES),
      id: z.string(),
      name: z.string().nullable().describe("Null for what is no person"),
    }),
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant.nullable().describe("Null for one that was not revoked"),
    lastUsedAt: instant.nullable().describe("To the minute; null before the first use"),
    lastUsedFrom: z.string().nullable().describe("The address; null before the first use, and where none is known"),
    replaces: z.uuid().nullable().describe("The key that was rotated to this one; null where none was"),
    replacedBy: z.uuid().nullable().describe("The key that this one was rotated to; null where none was"),
  })
  .describe("An API key, without the key itself.");
export type ApiKeyView = z.output<typeof apiKeyViewSchema>;

export const apiKeyPageSchema = z
  .strictObject({
    rows: z.array(apiKeyViewSchema),
    nextCursor: z.string().nullable().describe("Where older ones begin; null at the end"),
  })
  .describe("API keys, newest first.");
export type ApiKeyPage = z.output<typeof apiKeyPageSchema>;

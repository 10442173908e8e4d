import { z } from "zod";
import { permissionReviewSchema } from "@/lib/connections/review-schema";
import { launchInstructionsSchema } from "@/lib/connections/schema";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import { instant } from "@/lib/instant";
import { connectionInput, customerReference } from "@/lib/tenancy/schema";
import { verificationViewSchema } from "@/lib/verifications/schema";
import { accountWords, linkPurposes, linkStates } from "./state";

const purpose = z.enum(linkPurposes);

const accountId = z
  .string()
  .trim()
  .transform((text) => text.replace(/[-\s]/g, ""))
  .pipe(z.string().regex(/^\d{12}$/, "An AWS account ID has 12 digits. It is in the AWS console's top right menu."));

export const createLinkInput = connectionInput.extend({ purpose });
export const revokeLinkInput = z.strictObject({ customer: customerReference, linkId: z.uuid() });
export const createLinkForStaffInput = z.strictObject({ connectionId: z.uuid(), purpose });
export const revokeLinkForStaffInput = z.strictObject({ linkId: z.uuid() });

/** The digits that the admin saw, so that an account that came meanwhile is not confirmed with them. */
export const accountInput = connectionInput.extend({ accountId });

/** The token comes from the fragment of the link's address, which no server and no log ever sees. */
export const linkInput = z.strictObject({
  token: z.string().regex(/^[\w-]{43}$/, "This link is not complete. Copy all of it, up to its last character."),
});
export const findRoleByLinkInput = linkInput.extend({ accountId });

const maker = z.strictObject({
  type: z.enum(ACTOR_TYPES),
  name: z.string().nullable().describe("Null for what is no person, and where the reader may not know them"),
});

export const linkViewSchema = z
  .strictObject({
    id: z.uuid(),
    purpose,
    state: z.enum(linkStates),
    madeBy: maker,
    createdAt: instant,
    expiresAt: instant,
    openedAt: instant.nullable().describe("When its page was first opened; null before"),
    lastOpenedAt: instant.nullable().describe("When its page was last opened; null before"),
    usedAt: instant.nullable().describe("When something was last done with it; null before"),
  })
  .describe("A link without a login, without its token.");
export type LinkView = z.output<typeof linkViewSchema>;

export const newLinkSchema = z
  .strictObject({
    linkId: z.uuid(),
    url: z.url().describe("To be sent to whoever is to use it. It is not shown again"),
    expiresAt: instant,
  })
  .describe("A link that was just made.");
export type NewLink = z.output<typeof newLinkSchema>;

export const proposedAccountSchema = z
  .strictObject({
    accountId: z.string().describe("12 digits"),
    proposedAt: instant,
    roleWorks: z.boolean().describe("Whether a verification found the role in order"),
    link: z
      .strictObject({ madeBy: maker, createdAt: instant })
      .nullable()
      .describe("The link that brought it; null once it was purged"),
  })
  .describe("An account that a link brought and an admin is to confirm.");
export type ProposedAccount = z.output<typeof proposedAccountSchema>;

export const linkProgressSchema = z
  .strictObject({
    reachedAt: instant.nullable().describe("When what the link is for was done; null before"),
    launched: z.boolean(),
    roleNamed: z.boolean(),
    accountId: z.string().nullable().describe("12 digits; null until it is known"),
    accountIs: z.enum(accountWords).describe("Whose word the account is; a proposed one waits for an admin"),
    verification: verificationViewSchema.nullable().describe("The latest; null before the first, and once all is done"),
  })
  .describe("How far a link's purpose is.");
export type LinkProgress = z.output<typeof linkProgressSchema>;

export const linkPageSchema = z
  .strictObject({
    purpose,
    expiresAt: instant,
    customerName: z.string(),
    asker: z
      .strictObject({ name: z.string(), email: z.string().nullable().describe("Null where none is known") })
      .nullable()
      .describe("The customer's person who made it; null where the vendor did"),
    connectionName: z.string(),
    todo: z
      .strictObject({
        review: permissionReviewSchema,
        externalId: z.string(),
        instructions: launchInstructionsSchema.nullable().describe("Null for a repair"),
      })
      .nullable()
      .describe("What is needed to do it; null once it is done"),
    progress: linkProgressSchema,
  })
  .describe("What whoever opens a link sees.");
export type LinkPageView = z.output<typeof linkPageSchema>;

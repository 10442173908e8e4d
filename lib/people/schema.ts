import { z } from "zod";
import { comparableEmail } from "@/lib/email";
import { instant } from "@/lib/instant";
import { customerReference } from "@/lib/tenancy/schema";

const customerRoles = ["admin", "viewer"] as const;

export const invitePersonInput = z.strictObject({
  customer: customerReference,
  email: z
    .string()
    .trim()
    .max(320, "An e-mail address has 320 characters at most.")
    .transform((text, context) => {
      const email = comparableEmail(text);
      if (email?.slice(email.indexOf("@")).includes(".")) return email;
      context.addIssue({ code: "custom", message: "Write an e-mail address, such as ana@example.com." });
      return z.NEVER;
    }),
  role: z.enum(customerRoles, "Choose a role: admin or viewer."),
});

export const revokeInvitationInput = z.strictObject({ customer: customerReference, invitationId: z.uuid() });

/** The token comes from the fragment of the invitation's address, which no server and no log ever sees. */
export const acceptInvitationInput = z.strictObject({
  token: z
    .string()
    .regex(/^[\w-]{43}$/, "This invitation link is not complete. Copy all of it, up to its last character."),
});

export const memberViewSchema = z
  .strictObject({
    userId: z.uuid(),
    name: z.string().describe("The name, else the e-mail address"),
    email: z.string().nullable().describe("Null where the identity provider says none"),
    role: z.enum(customerRoles),
    source: z.enum(["claim", "invitation"]).describe("claim: the identity provider says that they belong here"),
    since: instant,
  })
  .describe("A member of a customer.");
export type MemberView = z.output<typeof memberViewSchema>;

export const invitationViewSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(customerRoles),
    state: z.enum(["open", "accepted", "revoked", "expired"]),
    createdAt: instant,
    expiresAt: instant,
  })
  .describe("An invitation, without its link.");
export type InvitationView = z.output<typeof invitationViewSchema>;

export const invitationLinkSchema = z
  .strictObject({
    invitationId: z.uuid(),
    url: z.url().describe("To be sent to the person. It works once and is not shown again"),
    expiresAt: instant,
  })
  .describe("An invitation that was just made.");
export type InvitationLink = z.output<typeof invitationLinkSchema>;

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

export const readInvitationInput = acceptInvitationInput;

const memberInput = z.strictObject({ customer: customerReference, userId: z.uuid() });
export const changeRoleInput = memberInput.extend({ role: z.enum(customerRoles, "Choose a role: admin or viewer.") });
export const removeMemberInput = memberInput;
export const leaveInput = z.strictObject({ customer: customerReference });

export const memberViewSchema = z
  .strictObject({
    userId: z.uuid(),
    name: z.string().describe("The name, else the e-mail address"),
    email: z.string().nullable().describe("Null where the identity provider says none"),
    role: z.enum(customerRoles).describe("The stronger one, where provider and invitation give two"),
    byProvider: z.boolean().describe("Whether the identity provider says that they belong here"),
    leastRole: z
      .enum(customerRoles)
      .nullable()
      .describe("What the identity provider gives them, which cannot be taken here; null where it says nothing"),
    since: instant,
  })
  .describe("A member of a customer.");
export type MemberView = z.output<typeof memberViewSchema>;

export const customerViewSchema = z
  .strictObject({
    reference: z.string().describe("The vendor's own"),
    name: z.string(),
    createdAt: instant,
  })
  .describe("A customer of the vendor.");
export type CustomerView = z.output<typeof customerViewSchema>;

const invitationState = z.enum(["open", "accepted", "revoked", "expired"]);

export const invitationViewSchema = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(customerRoles),
    state: invitationState,
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

export const invitationPreviewSchema = z
  .strictObject({
    team: z.string().describe("The customer's name"),
    role: z.enum(customerRoles),
    invitedBy: z.string().describe("Name of who invited, else their e-mail address"),
    email: z.string().describe("Whom it is made out to"),
    state: invitationState,
    expiresAt: instant,
    home: z
      .string()
      .nullable()
      .describe("The customer's reference, for who is signed in and a member already; null for everyone else"),
  })
  .describe("What an invitation says to who holds its link.");
export type InvitationPreview = z.output<typeof invitationPreviewSchema>;

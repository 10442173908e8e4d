import { z } from "zod";
import { comparableEmail } from "@/lib/tenancy/email";
import { customerReference } from "@/lib/tenancy/schema";

export const invitePersonInput = z.strictObject({
  customer: customerReference,
  email: z
    .string()
    .trim()
    .transform(comparableEmail)
    .pipe(
      z
        .email("Write an e-mail address, such as ana@example.com.")
        .max(320, "An e-mail address has 320 characters at most."),
    ),
  role: z.enum(["admin", "viewer"], "Choose a role: admin or viewer."),
});

export const revokeInvitationInput = z.strictObject({ customer: customerReference, invitationId: z.uuid() });

/** The token comes from the fragment of the invitation's address, which no server and no log ever sees. */
export const acceptInvitationInput = z.strictObject({
  token: z
    .string()
    .regex(/^[\w-]{43}$/, "This invitation link is not complete. Copy all of it, up to its last character."),
});

export interface MemberView {
  userId: string;
  name: string;
  email: string | null;
  role: "admin" | "viewer";
  source: "claim" | "invitation";
  since: Date;
}

export interface InvitationView {
  id: string;
  email: string;
  role: "admin" | "viewer";
  state: "open" | "accepted" | "revoked" | "expired";
  createdAt: Date;
  expiresAt: Date;
}

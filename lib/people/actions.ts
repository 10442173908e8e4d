"use server";

import { action } from "@/lib/action";
import { customerAdmin, signedIn } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { env } from "@/lib/env";
import { acceptInvitation as accept } from "./accept-invitation";
import { invitePerson as invite } from "./invite-person";
import { revokeInvitation as revoke } from "./revoke-invitation";
import { acceptInvitationInput, invitePersonInput, revokeInvitationInput } from "./schema";

/** Answers with the link to send; it is shown once. Its token is in the fragment, so no server's log holds it. */
export const invitePerson = action({
  schema: invitePersonInput,
  guard: customerAdmin,
  run: async (input, access) => {
    const { invitationId, token, expiresAt } = await invite(access, input, databaseTime());
    return { invitationId, url: `${env.BASE_URL}/invitation#${token}`, expiresAt };
  },
});

export const revokeInvitation = action({
  schema: revokeInvitationInput,
  guard: customerAdmin,
  run: async ({ invitationId }, access) => {
    await revoke(access, invitationId, databaseTime());
    return { invitationId };
  },
});

export const acceptInvitation = action({
  schema: acceptInvitationInput,
  guard: signedIn,
  run: ({ token }, person) => accept(person, token, databaseTime()),
});

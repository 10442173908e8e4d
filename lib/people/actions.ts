"use server";

import { action } from "@/lib/action";
import { anyone, customerAdmin, customerMember, signedIn } from "@/lib/auth/guards";
import { databaseTime } from "@/lib/database-time";
import { acceptInvitation as accept } from "./accept-invitation";
import { changeRole as change } from "./change-role";
import { invitationUrl, invitePerson as invite, type NewInvitation } from "./invite-person";
import { readInvitation as read } from "./read-invitation";
import { leaveTeam as leave, removeMember as remove } from "./remove-member";
import { resendInvitation as resend } from "./resend-invitation";
import { revokeInvitation as revoke } from "./revoke-invitation";
import {
  acceptInvitationInput,
  changeRoleInput,
  invitePersonInput,
  leaveInput,
  readInvitationInput,
  removeMemberInput,
  revokeInvitationInput,
} from "./schema";

/** Answers with the link to send; it is shown once. */
export const invitePerson = action({
  schema: invitePersonInput,
  guard: customerAdmin,
  run: async (input, access) => linkOf(await invite(access, input, databaseTime())),
});

/** The same for an invitation that was made before. */
export const resendInvitation = action({
  schema: revokeInvitationInput,
  guard: customerAdmin,
  run: async ({ invitationId }, access) => linkOf(await resend(access, invitationId, databaseTime())),
});

export const revokeInvitation = action({
  schema: revokeInvitationInput,
  guard: customerAdmin,
  run: async ({ invitationId }, access) => {
    await revoke(access, invitationId, databaseTime());
    return { invitationId };
  },
});

export const readInvitation = action({
  schema: readInvitationInput,
  guard: anyone,
  run: ({ token }, person) => read(person, token, databaseTime()),
});

export const acceptInvitation = action({
  schema: acceptInvitationInput,
  guard: signedIn,
  run: ({ token }, person) => accept(person, token, databaseTime()),
});

export const changeRole = action({
  schema: changeRoleInput,
  guard: customerAdmin,
  run: async ({ userId, role }, access) => {
    await change(access, { userId, role });
    return { userId };
  },
});

export const removeMember = action({
  schema: removeMemberInput,
  guard: customerAdmin,
  run: async ({ userId }, access) => {
    await remove(access, userId);
    return { userId };
  },
});

export const leaveTeam = action({
  schema: leaveInput,
  guard: customerMember,
  run: async (_input, access) => {
    await leave(access);
    return {};
  },
});

function linkOf({ invitationId, token, expiresAt }: NewInvitation) {
  return { invitationId, url: invitationUrl(token), expiresAt };
}

import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type {
  acceptInvitationInput,
  changeRoleInput,
  InvitationLink,
  InvitationPreview,
  invitePersonInput,
  leaveInput,
  readInvitationInput,
  removeMemberInput,
  revokeInvitationInput,
} from "@/lib/people/schema";

type Asks<Input extends z.ZodType, Data = unknown> = (input: z.input<Input>) => Promise<ActionResult<Data>>;

export type InvitePerson = Asks<typeof invitePersonInput, InvitationLink>;

export interface InvitationActions {
  revokeInvitation: Asks<typeof revokeInvitationInput>;
  resendInvitation: Asks<typeof revokeInvitationInput, InvitationLink>;
}

export interface MemberActions {
  changeRole: Asks<typeof changeRoleInput>;
  removeMember: Asks<typeof removeMemberInput>;
  leaveTeam: Asks<typeof leaveInput>;
}

export type ReadInvitation = Asks<typeof readInvitationInput, InvitationPreview>;

export type AcceptInvitation = Asks<typeof acceptInvitationInput, { customer: string }>;

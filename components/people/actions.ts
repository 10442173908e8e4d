import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type {
  acceptInvitationInput,
  InvitationLink,
  invitePersonInput,
  revokeInvitationInput,
} from "@/lib/people/schema";

export type InvitePerson = (input: z.input<typeof invitePersonInput>) => Promise<ActionResult<InvitationLink>>;

export type RevokeInvitation = (input: z.input<typeof revokeInvitationInput>) => Promise<ActionResult<unknown>>;

export type AcceptInvitation = (
  input: z.input<typeof acceptInvitationInput>,
) => Promise<ActionResult<{ customer: string }>>;

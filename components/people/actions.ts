import type { z } from "zod";
import type { ActionResult } from "@/lib/action";
import type { acceptInvitationInput, invitePersonInput, revokeInvitationInput } from "@/lib/people/schema";

export type InvitePerson = (
  input: z.input<typeof invitePersonInput>,
) => Promise<ActionResult<{ url: string; expiresAt: string }>>;

export type RevokeInvitation = (input: z.input<typeof revokeInvitationInput>) => Promise<ActionResult<unknown>>;

export type AcceptInvitation = (
  input: z.input<typeof acceptInvitationInput>,
) => Promise<ActionResult<{ customer: string }>>;

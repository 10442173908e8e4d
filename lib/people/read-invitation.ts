import "server-only";
import { branding } from "@/lib/branding";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Person } from "@/lib/tenancy/access";
import { tokenDigest } from "@/lib/tokens";
import { invitationState } from "./queries";
import type { InvitationPreview } from "./schema";

/**
 * What an invitation says to who holds its link, signed in or not: the link itself, of 256 random bits, is what lets them read it.
 * @throws AppError `not-found`
 */
export async function readInvitation(person: Person | null, token: string, now: Date): Promise<InvitationPreview> {
  const invitation = await db.invitation.findUnique({
    where: { tokenDigest: tokenDigest(token) },
    include: { customer: true, createdBy: true },
  });
  if (!invitation) throw notFound("invitation");
  const { customer, createdBy, role, email, expiresAt } = invitation;
  const isMember = person?.customers.some(({ id }) => id === customer.id) ?? false;
  return {
    team: customer.name,
    role,
    invitedBy: createdBy ? (createdBy.name ?? createdBy.email ?? "An admin of the team") : branding.productName,
    email,
    state: invitationState(invitation, now),
    expiresAt,
    home: isMember ? customer.reference : null,
  };
}

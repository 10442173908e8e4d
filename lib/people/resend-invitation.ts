import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { invitePerson, type NewInvitation } from "./invite-person";

/** A new link in place of an invitation that was not accepted; the earlier one is worth nothing from then on. @throws AppError `not-found` */
export async function resendInvitation(
  access: CustomerAccess,
  invitationId: string,
  now: Date,
): Promise<NewInvitation> {
  const invitation = await db.invitation.findUnique({
    where: { id: invitationId, customerId: access.customer.id, acceptedAt: null },
  });
  if (!invitation) throw notFound("invitation");
  const { email, role } = invitation;
  return invitePerson(access, { email, role }, now);
}

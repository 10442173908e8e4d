import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { emitEvents } from "@/lib/events/emit-events";
import { memberAdded } from "@/lib/events/member-events";
import { customerActor, type Person } from "@/lib/tenancy/access";
import { tokenDigest } from "@/lib/tokens";

/**
 * Makes the person a member, once: the update that marks the invitation as accepted is also what decides, so of two that
 * arrive together one finds nothing left to accept.
 */
export async function acceptInvitation(person: Person, token: string, now: Date): Promise<{ customer: string }> {
  const invitation = await db.invitation.findUnique({ where: { tokenDigest: tokenDigest(token) } });
  if (!invitation) throw noLongerOpen();
  const { invitedAs } = person;
  if (invitedAs === null || invitedAs !== invitation.email) {
    throw new AppError(
      "not-allowed",
      "This invitation was made out to another e-mail address, or your identity provider has not verified yours. Sign in with the invited address, or ask for a new invitation.",
    );
  }
  return db.$transaction(async (transaction) => {
    const { count } = await transaction.invitation.updateMany({
      where: {
        id: invitation.id,
        email: invitedAs,
        acceptedAt: null,
        revokedAt: null,
        expiresAt: { gt: now },
      },
      data: { acceptedAt: now },
    });
    if (count === 0) throw noLongerOpen();
    const { customerId, role } = invitation;
    const key = { userId: person.id, customerId, source: "invitation" } as const;
    const isMember = (await transaction.membership.count({ where: { userId: person.id, customerId } })) > 0;
    await transaction.membership.upsert({
      where: { userId_customerId_source: key },
      create: { ...key, role },
      // An older link takes no rights away that a newer one gave.
      update: role === "admin" ? { role } : {},
    });
    await recordActivity(transaction, {
      actor: customerActor(person),
      customerId,
      action: "invitation.accepted",
      detail: { invitationId: invitation.id, role },
    });
    if (!isMember) await emitEvents(transaction, { customerId, at: now }, [memberAdded({ userId: person.id, role })]);
    const customer = await transaction.customer.findUniqueOrThrow({ where: { id: customerId } });
    return { customer: customer.reference };
  });
}

/** The same answer for a used, a revoked, an expired and a made-up link. */
function noLongerOpen(): AppError {
  return new AppError(
    "not-found",
    "This invitation is not open: it was used or revoked, or it is older than seven days. Ask for a new one.",
  );
}

import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";

/** Makes an invitation's link worthless. One that was accepted or revoked before is not found. */
export async function revokeInvitation(access: CustomerAccess, invitationId: string, now: Date): Promise<void> {
  const customerId = access.customer.id;
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.invitation.updateMany({
      where: { id: invitationId, customerId, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    if (count === 0) throw notFound("invitation");
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      action: "invitation.revoked",
      detail: { invitationId },
    });
  });
}

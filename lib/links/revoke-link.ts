import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { Actor } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";

/** Makes a link worthless at once. One that was revoked before is not found. @throws AppError `not-found` */
export function revokeLink(access: CustomerAccess, linkId: string, now: Date): Promise<void> {
  return revoke({ id: linkId, customerId: access.customer.id }, access.actor, now);
}

/** The same for staff. */
export function revokeLinkForStaff(access: StaffAccess, linkId: string, now: Date): Promise<void> {
  return revoke({ id: linkId }, access.actor, now);
}

async function revoke(where: Prisma.LinkWhereInput, actor: Actor, now: Date): Promise<void> {
  await db.$transaction(async (transaction) => {
    const [revoked] = await transaction.link.updateManyAndReturn({
      where: { ...where, revokedAt: null },
      data: { revokedAt: now },
    });
    if (!revoked) throw notFound("link");
    const { id: linkId, customerId, connectionId, purpose } = revoked;
    await recordActivity(transaction, {
      ...{ actor, customerId, connectionId, action: "link.revoked" },
      detail: { linkId, purpose },
    });
  });
}

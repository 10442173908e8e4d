import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { emitEvents } from "@/lib/events/emit-events";
import { memberRemoved } from "@/lib/events/member-events";
import type { CustomerAccess, PersonalAccess } from "@/lib/tenancy/access";
import { lockCustomer } from "@/lib/tenancy/customer";
import { keepAnAdmin, membershipsOf } from "./memberships";

/**
 * Takes someone out of the team: their next request, in whichever process, finds them no member. Invitations that are still open for
 * their address are revoked, or one of them would let them in again. @throws AppError `not-found`, `conflict`
 */
export async function removeMember(access: CustomerAccess, userId: string): Promise<void> {
  await takeOut(access, userId, "member.removed");
}

/** @throws AppError `conflict` for the last admin */
export async function leaveTeam(access: PersonalAccess): Promise<void> {
  await takeOut(access, access.person.id, "member.left");
}

async function takeOut(
  access: CustomerAccess,
  userId: string,
  action: "member.removed" | "member.left",
): Promise<void> {
  const customerId = access.customer.id;
  await db.$transaction(async (transaction) => {
    await lockCustomer(transaction, customerId);
    const memberships = await membershipsOf(transaction, { customerId, userId });
    if (memberships.some(({ role }) => role === "admin")) await keepAnAdmin(transaction, { customerId, userId });
    await transaction.membership.deleteMany({ where: { customerId, userId } });
    const { email } = await transaction.user.findUniqueOrThrow({ where: { id: userId } });
    if (email !== null) {
      await transaction.invitation.updateMany({
        where: { customerId, email, acceptedAt: null, revokedAt: null },
        data: { revokedAt: databaseTime() },
      });
    }
    await recordActivity(transaction, { actor: access.actor, customerId, action, detail: { userId } });
    await emitEvents(transaction, { customerId, at: databaseTime() }, [memberRemoved(userId)]);
  });
}

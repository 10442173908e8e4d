import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { lockCustomer } from "@/lib/tenancy/customer";
import { keepAnAdmin, membershipsOf } from "./memberships";

/**
 * Gives a member another role, from their next request on. What the identity provider says of them stays, and is the least that they
 * have. @throws AppError `not-found`, `conflict`
 */
export async function changeRole(
  access: CustomerAccess,
  { userId, role }: { userId: string; role: CustomerRole },
): Promise<void> {
  const customerId = access.customer.id;
  await db.$transaction(async (transaction) => {
    await lockCustomer(transaction, customerId);
    const memberships = await membershipsOf(transaction, { customerId, userId });
    const claimed = memberships.find(({ source }) => source === "claim");
    const invited = memberships.find(({ source }) => source === "invitation");
    const isAdmin = memberships.some((membership) => membership.role === "admin");
    if (isAdmin === (role === "admin")) return;
    if (claimed?.role === "admin" || !invited) throw fromProvider();
    if (role === "viewer") await keepAnAdmin(transaction, { customerId, userId });
    await transaction.membership.updateMany({ where: { customerId, userId, source: "invitation" }, data: { role } });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      action: "member.role-changed",
      detail: { userId, role },
    });
  });
}

function fromProvider(): AppError {
  return new AppError(
    "conflict",
    "Your identity provider gives this person their role. Change it there; it counts from their next sign-in.",
  );
}

import "server-only";
import type { Database } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Membership } from "@/lib/generated/prisma/client";

/**
 * What someone is in a team, by claim and by invitation. To be read while the customer is locked, and the changes made under the same
 * lock, so that of two admins who leave at once one stays. @throws AppError `not-found`, also for who is in another team
 */
export async function membershipsOf(
  transaction: Database,
  { customerId, userId }: { customerId: string; userId: string },
): Promise<Membership[]> {
  const memberships = await transaction.membership.findMany({ where: { customerId, userId } });
  if (memberships.length === 0) throw notFound("member");
  return memberships;
}

/** @throws AppError `conflict` where nobody else could change anything in the team */
export async function keepAnAdmin(
  transaction: Database,
  { customerId, userId }: { customerId: string; userId: string },
): Promise<void> {
  const other = await transaction.membership.findFirst({
    where: { customerId, role: "admin", userId: { not: userId } },
    select: { userId: true },
  });
  if (other) return;
  throw new AppError(
    "conflict",
    "A team needs an admin, and there is no other one. Make someone else an admin first, or invite one.",
  );
}

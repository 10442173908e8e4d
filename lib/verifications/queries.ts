import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import type { VerificationView } from "./schema";
import { verificationView } from "./views";

/** The running verification, or the last one; null when there was none. @throws AppError `not-found` */
export async function latestVerification(
  access: CustomerAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<VerificationView | null> {
  const { id, customerId } = await findOwnConnection(access, connectionId);
  return findLatest({ connectionId: id, customerId }, now);
}

/** The same for staff; null also for a connection that does not exist. @throws AppError `not-found` for what is no ID */
export function latestVerificationForStaff(
  _access: StaffAccess,
  connectionId: string,
  now: Date,
): Promise<VerificationView | null> {
  return findLatest({ connectionId: connectionIdFrom(connectionId) }, now);
}

async function findLatest(where: Prisma.VerificationWhereInput, now: Date): Promise<VerificationView | null> {
  const verification = await db.verification.findFirst({
    where,
    include: { checks: true, connection: true },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
  return verification && verificationView(verification, now);
}

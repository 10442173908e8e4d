import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import type { VerificationView } from "./schema";
import { verificationView } from "./views";

/** The running verification, or the last one; null when there was none. @throws AppError `not-found` */
export async function latestVerification(
  access: CustomerAccess,
  connectionId: string,
  now: Date = new Date(),
): Promise<VerificationView | null> {
  const customerId = access.customer.id;
  const connection = await db.connection.findUnique({
    where: { id: connectionIdFrom(connectionId), customerId },
    select: { id: true },
  });
  if (!connection) throw notFound("connection");
  const verification = await db.verification.findFirst({
    where: { connectionId, customerId },
    include: { checks: true, connection: true },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
  return verification && verificationView(verification, now);
}

import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import { abandonDead } from "./lease";
import type { VerificationView } from "./schema";
import { type VerificationRow, verificationView } from "./views";

/** The running verification, or the last one; null when there was none. @throws AppError `not-found` */
export async function latestVerification(
  access: CustomerAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<VerificationView | null> {
  const own = { connectionId: connectionIdFrom(connectionId), customerId: access.customer.id };
  const verification = await findLatest(own, now);
  if (!verification) await findOwnConnection(access, connectionId);
  return verification;
}

/** The same for staff; null also for a connection that does not exist. @throws AppError `not-found` for what is no ID */
export function latestVerificationForStaff(
  _access: StaffAccess,
  connectionId: string,
  now: Date,
): Promise<VerificationView | null> {
  return findLatest({ connectionId: connectionIdFrom(connectionId) }, now);
}

/** One run, of a connection where one is named, for who started it and watches it. @throws AppError `not-found` */
export async function getVerification(
  access: CustomerAccess,
  { connectionId, verificationId }: { connectionId?: string; verificationId: string },
  now: Date = databaseTime(),
): Promise<VerificationView> {
  const run = await find(
    {
      id: idFrom(verificationId, "verification"),
      ...(connectionId !== undefined && { connectionId: connectionIdFrom(connectionId) }),
      customerId: access.customer.id,
    },
    now,
  );
  if (!run) throw notFound("verification");
  return verificationView(run);
}

/** The same for staff. @throws AppError `not-found` */
export async function getVerificationForStaff(
  _access: StaffAccess,
  { connectionId, verificationId }: { connectionId: string; verificationId: string },
  now: Date = databaseTime(),
): Promise<VerificationView> {
  const wanted = { id: idFrom(verificationId, "verification"), connectionId: connectionIdFrom(connectionId) };
  const run = await find(wanted, now);
  if (!run) throw notFound("verification");
  return verificationView(run);
}

/** What audits record meanwhile does not stand before a run that a person waits for. */
async function findLatest(
  { connectionId, customerId }: { connectionId: string; customerId?: string },
  now: Date,
): Promise<VerificationView | null> {
  const own = Prisma.sql`"connectionId" = ${connectionId}::uuid ${customerId ? Prisma.sql`AND "customerId" = ${customerId}::uuid` : Prisma.empty}`;
  const newest = Prisma.sql`ORDER BY "startedAt" DESC, "id" DESC LIMIT 1`;
  const [row] = await db.$queryRaw<{ id: string | null }[]>`
    SELECT coalesce(
      (SELECT "id" FROM "Verification" WHERE ${own} AND "state" = 'running' ${newest}),
      (SELECT "id" FROM "Verification" WHERE ${own} ${newest})) AS id`;
  const verification = row?.id ? await find({ connectionId, customerId, id: row.id }, now) : null;
  return verification ? verificationView(verification) : null;
}

async function find(where: Prisma.VerificationWhereInput, now: Date): Promise<VerificationRow | null> {
  const read = () =>
    db.verification.findFirst({
      where,
      include: { checks: true, connection: { select: { id: true, customerId: true, status: true } } },
    });
  const found = await read();
  if (found?.state !== "running" || found.deadlineAt >= now) return found;
  await abandonDead(db, { id: found.id, customerId: found.customerId }, now);
  return read();
}

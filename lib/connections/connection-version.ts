import "server-only";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";

/** Another text whenever what pages show of the connection is another, but for the progress of a verification. @throws AppError `not-found` */
export async function connectionVersion(access: CustomerAccess, connectionId: string): Promise<string> {
  const row = await db.connection.findUnique({
    where: { id: connectionIdFrom(connectionId), customerId: access.customer.id },
    select: {
      updatedAt: true,
      statusChangedAt: true,
      verifications: {
        orderBy: [{ startedAt: "desc" }, { id: "desc" }],
        take: 1,
        select: { id: true, state: true },
      },
    },
  });
  if (!row) throw notFound("connection");
  const { updatedAt, statusChangedAt, verifications } = row;
  const latest = verifications.map(({ id, state }) => `${id}:${state}`);
  return [updatedAt.toISOString(), statusChangedAt.toISOString(), ...latest].join(" ");
}

import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { findEntries } from "./find-entries";
import type { AccessLogFilter, AccessLogUsage, StaffAccessLogPage } from "./schema";
import { usageOf } from "./usage";
import { viewsForStaff } from "./view";

const rowsAtOnce = 20;

/** What was done with every connection, or with one, newest first. Taking the access as proof of being staff. */
export async function listAccessLogForStaff(
  _access: StaffAccess,
  filter: AccessLogFilter = {},
  { connectionId, cursor }: { connectionId?: string | undefined; cursor?: string | undefined } = {},
): Promise<StaffAccessLogPage> {
  const scope = connectionId === undefined ? {} : { connectionId: connectionIdFrom(connectionId) };
  const { rows, nextCursor } = await findEntries(scope, filter, { cursor, take: rowsAtOnce });
  const [views, connections] = await Promise.all([
    viewsForStaff(rows),
    db.connection.findMany({
      where: { id: { in: [...new Set(rows.map((row) => row.connectionId))] } },
      select: { id: true, name: true, customer: { select: { name: true } } },
    }),
  ]);
  const named = views.map((view) => {
    const connection = connections.find(({ id }) => id === view.connectionId);
    return {
      ...view,
      connectionName: connection?.name ?? "Removed connection",
      customerName: connection?.customer.name ?? "—",
    };
  });
  return { rows: named, nextCursor };
}

/** @throws AppError `not-found` */
export async function accessLogUsageForStaff(
  _access: StaffAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<AccessLogUsage> {
  const connection = await db.connection.findUnique({
    where: { id: connectionIdFrom(connectionId) },
    select: { id: true, customerId: true },
  });
  if (!connection) throw notFound("connection");
  return usageOf({ customerId: connection.customerId, connectionId: connection.id }, now);
}

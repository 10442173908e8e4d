import "server-only";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { findEntries } from "./find-entries";
import type { AccessLogFilter, AccessLogPage, AccessLogUsage } from "./schema";
import { usageOf } from "./usage";
import { viewsForCustomer } from "./view";

const rowsAtOnce = 20;

/** What was done with a connection of this customer, newest first. @throws AppError `not-found`, also for someone else's */
export async function listAccessLog(
  access: CustomerAccess,
  connectionId: string,
  filter: AccessLogFilter = {},
  cursor?: string,
): Promise<AccessLogPage> {
  const { customerId, id } = await findOwnConnection(access, connectionId);
  const { rows, nextCursor } = await findEntries({ customerId, connectionId: id }, filter, {
    cursor,
    take: rowsAtOnce,
  });
  return { rows: await viewsForCustomer(customerId, rows), nextCursor };
}

/** @throws AppError `not-found`, also for someone else's */
export async function accessLogUsage(
  access: CustomerAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<AccessLogUsage> {
  const { customerId, id } = await findOwnConnection(access, connectionId);
  return usageOf({ customerId, connectionId: id }, now);
}

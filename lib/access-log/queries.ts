import "server-only";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { findEntries } from "./find-entries";
import { probingRuns } from "./probing-runs";
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
  const owner = { customerId, connectionId: id };
  const { rows, nextCursor } = await findEntries(owner, filter, { cursor, take: rowsAtOnce });
  const [views, runs] = await Promise.all([viewsForCustomer(customerId, rows), probingRuns(owner, rows)]);
  return { rows: views, runs, nextCursor };
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

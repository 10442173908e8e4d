import "server-only";
import { countByStatus } from "@/lib/connection-status/tally";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { latestVerificationForStaff } from "@/lib/verifications/queries";
import { findConnections } from "./find-connections";
import type { StaffConnectionDetail, StaffConnectionList } from "./schema";
import { detailWithoutExternalId, summaryOf } from "./views";

const rowsAtOnce = 50;

interface ListOptions {
  search?: string | undefined;
  status?: ConnectionStatus | undefined;
  cursor?: string | undefined;
}

/** All customers' connections, newest first. Taking the access as proof, although no row depends on who of staff asks. */
export async function listConnectionsForStaff(
  _access: StaffAccess,
  { search, status, cursor }: ListOptions = {},
): Promise<StaffConnectionList> {
  const page = findConnections({}, { search, status, cursor, take: rowsAtOnce });
  const [{ rows, nextCursor }, counts] = await Promise.all([page, countByStatus(db)]);
  return { rows: rows.map((row) => ({ ...summaryOf(row), customerName: row.customer.name })), nextCursor, counts };
}

/** @throws AppError `not-found` */
export async function getConnectionForStaff(
  access: StaffAccess,
  connectionId: string,
  now: Date = databaseTime(),
): Promise<StaffConnectionDetail> {
  // First the verification, as for customers: it must not be shown as ended beside a status from before.
  const verification = await latestVerificationForStaff(access, connectionId, now);
  const row = await db.connection.findUnique({
    where: { id: connectionIdFrom(connectionId) },
    include: { customer: true, statusChanges: { orderBy: { at: "desc" }, take: 50 } },
  });
  if (!row) throw notFound("connection");
  return {
    ...(await detailWithoutExternalId(row, "staff")),
    customerName: row.customer.name,
    history: row.statusChanges.map(({ from, to, cause, at }) => ({ from, to, cause, at })),
    verification,
  };
}

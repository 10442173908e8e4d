import "server-only";
import { countByStatus } from "@/lib/connection-status/tally";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import type { StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { latestVerificationForStaff } from "@/lib/verifications/queries";
import type { StaffConnectionDetail, StaffConnectionList } from "./schema";
import { meaningsOf } from "./search";
import { detailWithoutExternalId, type SummaryRow, summaryColumns, summaryOf } from "./views";

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
  const [rows, counts] = await Promise.all([find({ search, status, cursor }), countByStatus(db)]);
  const shown = rows.slice(0, rowsAtOnce);
  const last = shown.at(-1);
  return {
    rows: shown.map((row) => ({ ...summaryOf(row), customerName: row.customer.name })),
    nextCursor: last && rows.length > rowsAtOnce ? writeCursor({ at: last.createdAt, id: last.id }) : null,
    counts,
  };
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

/** First the IDs of the rows, each meaning of the search by an index of its own, then the rows. */
async function find({ search, status, cursor }: ListOptions): Promise<SummaryRow[]> {
  const meanings = meaningsOf(search);
  const narrowed = Prisma.join([withStatus(status), after(cursor)], " AND ");
  const newestFirst = Prisma.sql`ORDER BY "createdAt" DESC, "id" DESC LIMIT ${rowsAtOnce + 1}`;
  const branches = (meanings.length > 0 ? meanings : [Prisma.sql`TRUE`]).map(
    (meaning) =>
      Prisma.sql`(SELECT "id", "createdAt" FROM "Connection" c WHERE ${meaning} AND ${narrowed} ${newestFirst})`,
  );
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (${Prisma.join(branches, " UNION ")}) AS found ${newestFirst}`;
  return db.connection.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    select: summaryColumns,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
}

function withStatus(status: ConnectionStatus | undefined): Prisma.Sql {
  return status ? Prisma.sql`c."status" = ${status}::"ConnectionStatus"` : Prisma.sql`TRUE`;
}

function after(cursor: string | undefined): Prisma.Sql {
  const end = readCursor(cursor);
  return end ? Prisma.sql`(c."createdAt", c."id") < (${end.at}::timestamptz, ${end.id}::uuid)` : Prisma.sql`TRUE`;
}

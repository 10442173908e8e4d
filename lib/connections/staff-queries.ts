import "server-only";
import { type ConnectionStatus, connectionStatuses } from "@/lib/crossaccount/status";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import type { StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { latestVerificationForStaff } from "@/lib/verifications/queries";
import type { StaffConnectionDetail, StaffConnectionList } from "./schema";
import { detailWithoutExternalId, summaryColumns, summaryOf } from "./views";

const rowsAtOnce = 50;

/** All customers' connections, newest first. Taking the access as proof, although no row depends on who of staff asks. */
export async function listConnectionsForStaff(
  _access: StaffAccess,
  { search, status, cursor }: { search?: string; status?: ConnectionStatus; cursor?: string } = {},
): Promise<StaffConnectionList> {
  const [rows, counts] = await Promise.all([
    db.connection.findMany({
      where: { ...(status && { status }), AND: [matching(search), after(cursor)] },
      select: summaryColumns,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: rowsAtOnce + 1,
    }),
    countByStatus(),
  ]);
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
    ...(await detailWithoutExternalId(row)),
    customerName: row.customer.name,
    verification,
  };
}

function matching(search = ""): Prisma.ConnectionWhereInput {
  // PostgreSQL takes no NUL in a text.
  const text = search.replaceAll("\0", "").trim();
  if (text === "") return {};
  // Prisma leaves the wildcards of LIKE as they are.
  const contains = { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  const digits = text.replace(/[-\s]/g, "");
  return {
    OR: [
      { name: contains },
      ...(/^\d+$/.test(digits) ? [{ accountId: { startsWith: digits } }] : []),
      { customer: { OR: [{ name: contains }, { reference: contains }] } },
    ],
  };
}

function after(cursor: string | undefined): Prisma.ConnectionWhereInput {
  const end = readCursor(cursor);
  if (!end) return {};
  const { at: createdAt, id } = end;
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

async function countByStatus(): Promise<Record<ConnectionStatus, number>> {
  const groups = await db.connection.groupBy({ by: ["status"], _count: true });
  const counts = Object.fromEntries(connectionStatuses.map((status) => [status, 0])) as Record<
    ConnectionStatus,
    number
  >;
  for (const { status, _count } of groups) counts[status] = _count;
  return counts;
}

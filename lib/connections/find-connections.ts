import "server-only";
import type { ConnectionStatus } from "@/lib/crossaccount/status";
import { db } from "@/lib/db";
import { Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import { meaningsOf } from "./search";
import { type SummaryRow, summaryColumns } from "./views";

export interface WantedConnections {
  search?: string | undefined;
  status?: ConnectionStatus | undefined;
  cursor?: string | undefined;
  take: number;
}

export interface FoundConnections {
  rows: SummaryRow[];
  nextCursor: string | null;
}

/**
 * A page of connections, newest first: of one customer, or of all of them. First the IDs of the rows, each meaning of the search by
 * an index of its own, then the rows.
 */
export async function findConnections(
  { customerId }: { customerId?: string },
  { search, status, cursor, take }: WantedConnections,
): Promise<FoundConnections> {
  const meanings = meaningsOf(search);
  const narrowed = Prisma.join([ofCustomer(customerId), withStatus(status), after(cursor)], " AND ");
  const newestFirst = Prisma.sql`ORDER BY "createdAt" DESC, "id" DESC LIMIT ${take + 1}`;
  const branches = (meanings.length > 0 ? meanings : [Prisma.sql`TRUE`]).map(
    (meaning) =>
      Prisma.sql`(SELECT "id", "createdAt" FROM "Connection" c WHERE ${meaning} AND ${narrowed} ${newestFirst})`,
  );
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM (${Prisma.join(branches, " UNION ")}) AS found ${newestFirst}`;
  const rows = await db.connection.findMany({
    where: { id: { in: ids.map(({ id }) => id) }, ...(customerId !== undefined && { customerId }) },
    select: summaryColumns,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return {
    rows: shown,
    nextCursor: last && rows.length > take ? writeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

function ofCustomer(customerId: string | undefined): Prisma.Sql {
  return customerId === undefined ? Prisma.sql`TRUE` : Prisma.sql`c."customerId" = ${customerId}::uuid`;
}

function withStatus(status: ConnectionStatus | undefined): Prisma.Sql {
  return status ? Prisma.sql`c."status" = ${status}::"ConnectionStatus"` : Prisma.sql`TRUE`;
}

function after(cursor: string | undefined): Prisma.Sql {
  const end = readCursor(cursor);
  return end ? Prisma.sql`(c."createdAt", c."id") < (${end.at}::timestamptz, ${end.id}::uuid)` : Prisma.sql`TRUE`;
}

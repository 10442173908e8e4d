import { type ConnectionStatus, stoppedStatuses } from "@/lib/crossaccount/status";
import { Prisma } from "@/lib/generated/prisma/client";

/** A role that was verified, of a connection that has not ended: it is no other connection's. */
export const verifiedAndNotEnded = {
  provenAt: { not: null },
  status: { not: "disconnected" },
} as const satisfies Prisma.ConnectionWhereInput;

/** The rows of a table in one of these statuses, in SQL; `table` is its alias. */
export function hasStatus(table: string, statuses: readonly ConnectionStatus[]): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(table)}."status" = ANY(${[...statuses]}::"ConnectionStatus"[])`;
}

/** Connections that are verified by schedule, as `isWatched` says of one. */
export function isWatchedRow(table: string): Prisma.Sql {
  return Prisma.sql`${Prisma.raw(table)}."provenAt" IS NOT NULL AND NOT (${hasStatus(table, stoppedStatuses)})`;
}

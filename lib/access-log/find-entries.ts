import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import type { AccessLogEntry, Prisma } from "@/lib/generated/prisma/client";
import { readCursor, writeCursor } from "@/lib/page-cursor";
import type { AccessLogFilter } from "./schema";

const DAY = 24 * 60 * 60_000;

/** Whose entries: always the first part of the query, whatever the filter says. */
export type LogScope = ConnectionScope | { connectionId?: string };

export interface FoundEntries {
  rows: AccessLogEntry[];
  nextCursor: string | null;
}

/** A page of entries, newest first. A cursor that is none begins at the newest. */
export async function findEntries(
  scope: LogScope,
  filter: AccessLogFilter,
  { cursor, take }: { cursor?: string | undefined; take: number },
): Promise<FoundEntries> {
  const rows = await db.accessLogEntry.findMany({
    where: { ...scope, AND: [matching(filter), olderThan(cursor)] },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: take + 1,
  });
  const shown = rows.slice(0, take);
  const last = shown.at(-1);
  return { rows: shown, nextCursor: last && rows.length > take ? writeCursor(last) : null };
}

function matching({ outcome, purpose, actor, actorId, probes, from, to }: AccessLogFilter) {
  return {
    ...(outcome && { outcome }),
    ...(purpose && { purpose: { contains: literal(purpose), mode: "insensitive" } }),
    ...(actor && { actorType: actor }),
    ...(actorId && { actorId }),
    ...(probes && { probe: probes === "only" }),
    ...((from || to) && {
      at: {
        ...(from && { gte: new Date(from) }),
        ...(to && { lt: new Date(new Date(to).getTime() + DAY) }),
      },
    }),
  } satisfies Prisma.AccessLogEntryWhereInput;
}

/** Prisma passes % and _ on to LIKE, where they stand for other characters. */
function literal(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}

function olderThan(cursor: string | undefined): Prisma.AccessLogEntryWhereInput {
  const end = readCursor(cursor);
  if (!end) return {};
  const { at, id } = end;
  // The first bound says nothing new, but lets PostgreSQL begin in the middle of the index.
  return { at: { lte: at }, OR: [{ at: { lt: at } }, { id: { lt: id } }] };
}

import "server-only";
import type { Database } from "@/lib/db";
import type { AccessLogEntry } from "@/lib/generated/prisma/client";

const atOnce = 1_000;
/** Below every number that the column can hold. */
const beginning = -(2 ** 31);

/** A connection's entries in the order of its chain, a batch in memory at a time. */
export async function* walkEntries(
  database: Database,
  connectionId: string,
  { after = beginning, through }: { after?: number; through?: number } = {},
): AsyncGenerator<AccessLogEntry> {
  let last = { sequence: after, id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };
  for (;;) {
    const batch = await database.accessLogEntry.findMany({
      where: {
        connectionId,
        ...(through !== undefined && { sequence: { lte: through } }),
        // Two entries may share a number once someone dropped the index that forbids it.
        OR: [{ sequence: { gt: last.sequence } }, { sequence: last.sequence, id: { gt: last.id } }],
      },
      orderBy: [{ sequence: "asc" }, { id: "asc" }],
      take: atOnce,
    });
    yield* batch;
    const end = batch.at(-1);
    if (!end || batch.length < atOnce) return;
    last = { sequence: end.sequence, id: end.id };
  }
}

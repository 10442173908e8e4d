import "server-only";
import type { Database } from "@/lib/db";

/**
 * When a connection's role was last assumed by us, verifications included; undefined when the log does not say, because it
 * was never assumed or because that entry is no longer kept.
 */
export async function lastAssumedAt(
  database: Pick<Database, "accessLogEntry">,
  { customerId, id }: { customerId: string; id: string },
): Promise<Date | undefined> {
  const entry = await database.accessLogEntry.findFirst({
    // Whether an announced one was made at all only its caller knows.
    where: { customerId, connectionId: id, outcome: "allowed", OR: [{ source: null }, { source: "kept-session" }] },
    orderBy: { at: "desc" },
    select: { at: true },
  });
  return entry?.at;
}

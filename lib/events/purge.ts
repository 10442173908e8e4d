import "server-only";
import type { PrismaClient } from "@/lib/generated/prisma/client";

const keptDays = 30;
const dayMs = 24 * 60 * 60 * 1_000;
const rowsAtOnce = 10_000;

/** Forgets events of more than 30 days ago. Returns how many. */
export async function purgeEvents(database: PrismaClient, now: Date, signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs);
  let purged = 0;
  for (let deleted = rowsAtOnce; deleted === rowsAtOnce; purged += deleted) {
    signal?.throwIfAborted();
    deleted = await database.$executeRaw`
      DELETE FROM "Event" WHERE "id" IN (
        SELECT "id" FROM "Event" WHERE "createdAt" < ${before}::timestamptz LIMIT ${rowsAtOnce})`;
  }
  return purged;
}

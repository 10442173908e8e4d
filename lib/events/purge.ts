import "server-only";
import { deleteInLots } from "@/lib/delete-in-lots";
import type { PrismaClient } from "@/lib/generated/prisma/client";

const keptDays = 30;
const dayMs = 24 * 60 * 60 * 1_000;
const atOnce = 10_000;

/** Forgets events of more than 30 days ago. Returns how many. */
export function purgeEvents(database: PrismaClient, now: Date, signal?: AbortSignal): Promise<number> {
  const before = new Date(now.getTime() - keptDays * dayMs);
  return deleteInLots(
    { atOnce, signal },
    () => database.$executeRaw`
      DELETE FROM "Event" WHERE "id" IN (
        SELECT "id" FROM "Event" WHERE "createdAt" < ${before}::timestamptz LIMIT ${atOnce})`,
  );
}

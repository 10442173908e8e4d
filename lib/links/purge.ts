import "server-only";
import type { PrismaClient } from "@/lib/generated/prisma/client";

/** Deletes links that expired before `before`, whatever became of them; the activity log keeps what was done with them. */
export async function purgeLinks(database: PrismaClient, before: Date): Promise<number> {
  const { count } = await database.link.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}

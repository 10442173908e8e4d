import "server-only";
import type { Database } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";

/** Ends those of these verifications that still run, without an outcome: it says nothing about the role. How many ended. */
export async function abandonVerifications(
  database: Database,
  which: Prisma.VerificationWhereInput,
  now: Date,
): Promise<number> {
  const { count } = await database.verification.updateMany({
    where: { ...which, state: "running" },
    data: { state: "abandoned", finishedAt: now, waitingFor: null },
  });
  return count;
}

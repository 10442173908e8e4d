import "server-only";
import { databaseTime } from "@/lib/database-time";
import { type Database, db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import { abandonVerifications } from "./abandon-verifications";

/** A run counts as dead when its process has not said for so long that it goes on. */
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 2_000;
/** Nobody waits longer for a run than this, whoever says that it goes on: more than the library's own deadline. */
const LONGEST_RUN_MS = 150_000;

export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_MS);
}

/**
 * Says from time to time that a run goes on, until what is returned is called. `onLost` is called once it does not run any more:
 * it was cancelled, somebody took it for dead, or its connection ended.
 */
export function keepLease(
  { id, startedAt }: { id: string; startedAt: Date },
  { onLost, onError }: { onLost: () => void; onError: (error: unknown) => void },
): () => void {
  const longest = new Date(startedAt.getTime() + LONGEST_RUN_MS);
  async function renew(): Promise<void> {
    const lease = leaseFrom(databaseTime());
    const { count } = await db.verification.updateMany({
      where: { id, state: "running", connection: { status: { not: "disconnected" } } },
      data: { deadlineAt: lease < longest ? lease : longest },
    });
    if (count === 0) onLost();
  }
  const timer = setInterval(() => renew().catch(onError), RENEW_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Ends the runs whose process went away; whoever notices first does. How many ended. */
export function abandonDead(database: Database, which: Prisma.VerificationWhereInput, now: Date): Promise<number> {
  return abandonVerifications(database, { ...which, deadlineAt: { lt: now } }, now);
}

import "server-only";
import type { Database } from "@/lib/db";
import type { Connection, LinkPurpose } from "@/lib/generated/prisma/client";

type Reachable = Pick<Connection, "status" | "lastOutcome" | "checkFailed">;

/** What each purpose of a link comes to. */
const goals: Record<LinkPurpose, (connection: Reachable) => boolean> = {
  setup: ({ lastOutcome, checkFailed }) => lastOutcome === "proven" && !checkFailed,
  repair: ({ status }) => status === "setup" || status === "active",
};

/** Whether there is nothing left to do with a link of this purpose. */
export function isReached(purpose: LinkPurpose, connection: Reachable): boolean {
  return goals[purpose](connection);
}

/**
 * Ends the links whose purpose a change reached, in the transaction that reached it: what breaks again later is not theirs any more.
 */
export async function reachLinks(transaction: Database, before: Connection, after: Reachable, at: Date): Promise<void> {
  const reached = (["setup", "repair"] as const).filter(
    (purpose) => isReached(purpose, after) && !isReached(purpose, before),
  );
  if (reached.length === 0) return;
  await transaction.link.updateMany({
    where: { connectionId: before.id, customerId: before.customerId, purpose: { in: reached }, reachedAt: null },
    data: { reachedAt: at },
  });
}

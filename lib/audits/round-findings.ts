import "server-only";
import { db } from "@/lib/db";
import type { Prisma } from "@/lib/generated/prisma/client";
import type { StaffAccess } from "@/lib/tenancy/access";
import type { RoundFindingView } from "./schema";
import { findingKinds } from "./state";

const shownAtMost = 100;

/** Connections that a round could not prove, or whose role it was the first to see changed; worst first, 100 at most. */
export async function listRoundFindings(_access: StaffAccess, roundId: string): Promise<RoundFindingView[]> {
  const itemsWith = (where: Prisma.AuditItemWhereInput) =>
    db.auditItem.findMany({
      where: { roundId, ...where },
      orderBy: { connectionId: "asc" },
      select: { outcome: true, connection },
      take: shownAtMost,
    });
  // One by one, since each has an index that gives the first of them.
  const [insecure, failed, inconclusive, skipped, changes] = await Promise.all([
    itemsWith({ outcome: "insecure" }),
    itemsWith({ outcome: "failed" }),
    itemsWith({ outcome: "inconclusive" }),
    itemsWith({ outcome: null, state: "skipped" }),
    db.drift.findMany({
      where: { verification: { roundId } },
      distinct: ["connectionId"],
      orderBy: { connectionId: "asc" },
      select: { connection },
      take: shownAtMost,
    }),
  ]);
  const items = [...insecure, ...failed, ...inconclusive, ...skipped];
  const unproven = new Set(items.map((item) => item.connection.id));
  const found = [
    ...items.map((item) => ({ ...item, finding: finding(item.outcome) })),
    ...changes
      .filter((change) => !unproven.has(change.connection.id))
      .map((change) => ({ ...change, finding: "changed" as const })),
  ];
  return found
    .sort((one, other) => findingKinds.indexOf(one.finding) - findingKinds.indexOf(other.finding))
    .slice(0, shownAtMost)
    .map(({ finding: what, connection: { id, name, status, customer } }) => ({
      connectionId: id,
      connectionName: name,
      customerName: customer.name,
      status,
      finding: what,
    }));
}

const connection = {
  select: { id: true, name: true, status: true, customer: { select: { name: true } } },
} as const;

/** Without an outcome an item was given up. */
function finding(outcome: string | null): RoundFindingView["finding"] {
  return findingKinds.find((known) => known === outcome) ?? "skipped";
}

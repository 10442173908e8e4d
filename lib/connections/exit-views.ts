import "server-only";
import { credentialsUntil } from "@/lib/access-log/usage";
import { ACTOR_TYPES } from "@/lib/crossaccount";
import { isStopped } from "@/lib/crossaccount/status";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { Connection } from "@/lib/generated/prisma/client";
import { actorNames } from "@/lib/tenancy/actor-names";
import type { EndView, HoldView } from "./exit-schema";
import type { ConnectionDetail } from "./schema";

/** Who stopped a connection and since when, and what is still valid. */
export async function exitsOf(
  row: Connection,
  reader: "customer" | "staff",
): Promise<Pick<ConnectionDetail, "holds" | "end" | "credentialsUntil">> {
  if (!isStopped(row.status)) return { holds: [], end: null, credentialsUntil: null };
  const named = [
    { type: row.customerHoldByType, id: row.customerHoldById },
    { type: row.staffHoldByType, id: row.staffHoldById },
    { type: row.disconnectedByType, id: row.disconnectedById },
  ].map(({ type, id }) => ({ type: typeOf(type), id: id ?? "", customerId: row.customerId }));
  const nameOf = await actorNames(named, reader);
  const [byCustomer = null, byStaff = null, ender = null] = named.map((one) => nameOf(one));
  return {
    holds: row.status === "paused" ? holdsOf(row, byCustomer, byStaff) : [],
    end: row.status === "disconnected" ? await endOf(row, ender) : null,
    credentialsUntil: await credentialsUntil({ customerId: row.customerId, connectionId: row.id }, databaseTime()),
  };
}

function holdsOf(row: Connection, byCustomer: string | null, byStaff: string | null): HoldView[] {
  const { heldByCustomerAt, heldByStaffAt } = row;
  const holds: HoldView[] = [];
  if (heldByCustomerAt) holds.push({ by: "customer", since: heldByCustomerAt, name: byCustomer });
  if (heldByStaffAt) holds.push({ by: "staff", since: heldByStaffAt, name: byStaff });
  // An operator who wrote the status by hand is taken as the customer's wish.
  return holds.length > 0 ? holds : [{ by: "customer", since: row.statusChangedAt, name: null }];
}

async function endOf(row: Connection, name: string | null): Promise<EndView> {
  const owner = { connectionId: row.id, customerId: row.customerId };
  const [endedAccess, receipt] = await Promise.all([
    db.endedAccess.findUnique({ where: owner }),
    db.receipt.findFirst({
      where: { ...owner, kind: "end" },
      select: { id: true },
      orderBy: [{ at: "desc" }, { id: "desc" }],
    }),
  ]);
  const answers = ["refused", "allowed", "unclear"] as const;
  return {
    ...{ at: row.disconnectedAt ?? row.statusChangedAt, name, accessGoneAt: row.accessGoneAt },
    lastAskedAt: endedAccess?.lastAskedAt ?? null,
    lastAnswer: answers.find((known) => known === endedAccess?.lastAnswer) ?? null,
    nextAskAt: endedAccess?.nextAskAt ?? null,
    receiptId: receipt?.id ?? null,
  };
}

function typeOf(text: string | null) {
  return ACTOR_TYPES.find((known) => known === text) ?? "system";
}

import "server-only";
import type { Database } from "@/lib/db";
import type { CarriedJob } from "@/lib/jobs/queue";
import { cancelledWithItems } from "./cancelled";

const first = "00000000-0000-0000-0000-000000000000";

/** Whose turn it is: a process that plans keeps it from one step to the next. */
export interface Turns {
  /** The customer, by ID, that had the last turn. */
  after: string;
}

export function newTurns(): Turns {
  return { after: first };
}

interface Choice {
  perCustomer: number;
  /** Jobs that the queue holds at most. */
  queued: number;
}

/**
 * Hands waiting audits to the queue: each customer's first before anyone's second, and so on, up to what a customer may have at
 * once. The next step goes on with the customer after the last one. However much waits, it looks at no more customers than can have
 * a turn, and at no more of their work than they may have at once.
 */
export async function chooseFairly(
  transaction: Database,
  turns: Turns,
  { perCustomer, queued }: Choice,
  now: Date,
): Promise<CarriedJob[]> {
  const inFlight = await transaction.auditItem.groupBy({
    by: ["customerId", "state"],
    where: { state: { in: ["queued", "running"] } },
    _count: true,
  });
  const room = queued - inFlight.reduce((sum, { state, _count }) => sum + (state === "queued" ? _count : 0), 0);
  if (room <= 0) return [];
  // Those who have something in hand may not have another turn, so there have to be others.
  const customers = await nextCustomers(transaction, turns.after, room + inFlight.length, now);
  const chosen = await choose(transaction, customers, { perCustomer, room }, now);
  turns.after = chosen.at(-1)?.customerId ?? customers.at(-1) ?? first;
  return chosen;
}

async function choose(
  transaction: Database,
  customers: readonly string[],
  { perCustomer, room }: { perCustomer: number; room: number },
  now: Date,
): Promise<CarriedJob[]> {
  if (customers.length === 0) return [];
  const cancelled = await cancelledWithItems(transaction);
  return transaction.$queryRaw<CarriedJob[]>`
    WITH in_flight AS (
      SELECT "customerId", count(*) AS count FROM "AuditItem" WHERE "state" IN ('queued', 'running') GROUP BY "customerId"
    ), chosen AS (
      SELECT next.*, customer.position FROM unnest(${customers}::uuid[]) WITH ORDINALITY AS customer("id", position)
      LEFT JOIN in_flight ON in_flight."customerId" = customer."id",
      LATERAL (
        SELECT item."roundId", item."connectionId",
          coalesce(in_flight.count, 0) + row_number() OVER (ORDER BY item."readyAt", item."connectionId") AS turn
        FROM "AuditItem" item
        WHERE item."customerId" = customer."id" AND item."state" = 'waiting' AND item."readyAt" <= ${now}::timestamptz
          AND item."roundId" <> ALL(${cancelled}::uuid[])
        ORDER BY item."readyAt", item."connectionId" LIMIT ${perCustomer}) AS next
      WHERE next.turn <= ${perCustomer} ORDER BY next.turn, customer.position LIMIT ${room}
    ), taken AS (
      UPDATE "AuditItem" item SET "state" = 'queued', "jobId" = gen_random_uuid()
      FROM chosen WHERE item."roundId" = chosen."roundId" AND item."connectionId" = chosen."connectionId"
        AND item."state" = 'waiting'
      RETURNING item."jobId", item."roundId", item."connectionId", item."customerId", chosen.turn, chosen.position
    )
    SELECT "jobId", "roundId", "connectionId", "customerId" FROM taken ORDER BY turn, position`;
}

/** So many customers with work that is ready, in the order of their IDs, beginning after one and going round. */
async function nextCustomers(transaction: Database, after: string, most: number, now: Date): Promise<string[]> {
  const behind = await customersAfter(transaction, after, most, now);
  if (behind.length === most || after === first) return behind;
  const before = await customersAfter(transaction, first, most - behind.length, now);
  return [...behind, ...before.filter((id) => id <= after)];
}

/** Found by jumping in the index from one customer to the next. */
async function customersAfter(transaction: Database, after: string, most: number, now: Date): Promise<string[]> {
  const rows = await transaction.$queryRaw<{ customerId: string }[]>`
    WITH RECURSIVE customer AS (
      SELECT ${after}::uuid AS "customerId"
      UNION ALL
      SELECT next."customerId" FROM customer, LATERAL (
        SELECT item."customerId" FROM "AuditItem" item
        WHERE item."state" = 'waiting' AND item."customerId" > customer."customerId" AND item."readyAt" <= ${now}::timestamptz
        ORDER BY item."customerId", item."readyAt" LIMIT 1) AS next
    )
    SELECT "customerId" FROM customer OFFSET 1 LIMIT ${most}`;
  return rows.map(({ customerId }) => customerId);
}

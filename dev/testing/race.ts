import { expect } from "vitest";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { UtcClient } from "@/lib/postgres";

/** Of PostgreSQL's advisory locks; any number that nothing else here uses. */
const gate = 729_113_999;

/** Stops whoever writes into `table`, inside the transaction, until it is opened. */
export async function stopAtGate(table: string) {
  const keeper = new UtcClient({ connectionString: env.DATABASE_URL });
  await keeper.connect();
  await keeper.query("SELECT pg_advisory_lock($1)", [gate]);
  await stopWritersInto(table);
  return {
    /** Until so many sessions wait, or what should have come so far is over without. */
    reached: (sessions: number, isOver: () => boolean) =>
      eventually(async () => expect(isOver() || (await waiting()) >= sessions).toBe(true)),
    open: () => keeper.query("SELECT pg_advisory_unlock($1)", [gate]),
    /** Opens it too; returns once those who were stopped have committed or are gone. */
    async remove() {
      await keeper.end();
      await db.$executeRawUnsafe(`DROP TRIGGER IF EXISTS stop_at_gate ON "${table}"`);
    },
  };
}

/**
 * Forces an order of two things that happen at the same moment: `first` is stopped inside its transaction when it writes into
 * `table`, and goes on once `second` waits for it, or has ended without.
 */
export async function race<One, Two>(
  table: string,
  first: () => Promise<One>,
  second: () => Promise<Two>,
): Promise<[PromiseSettledResult<One>, PromiseSettledResult<Two>]> {
  const { reached, open, remove } = await stopAtGate(table);
  try {
    const one = watched(first());
    await reached(1, one.isOver);
    if (one.isOver()) throw new Error(`What should come first never wrote into ${table}.`);
    const two = watched(second());
    await reached(2, two.isOver);
    await open();
    return await Promise.allSettled([one.promise, two.promise]);
  } finally {
    await remove();
  }
}

function watched<Result>(promise: Promise<Result>) {
  let over = false;
  promise
    .catch(() => {})
    .finally(() => {
      over = true;
    });
  return { promise, isOver: () => over };
}

async function stopWritersInto(table: string): Promise<void> {
  await db.$executeRawUnsafe(`CREATE OR REPLACE FUNCTION stop_at_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${gate}); RETURN NULL; END $$`);
  await db.$executeRawUnsafe(`CREATE TRIGGER stop_at_gate AFTER INSERT OR UPDATE OR DELETE ON "${table}"
    FOR EACH STATEMENT EXECUTE FUNCTION stop_at_gate()`);
}

/** How many sessions wait for a lock. */
async function waiting(): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row?.waiting ?? 0;
}

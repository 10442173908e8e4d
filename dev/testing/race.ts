import { expect } from "vitest";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { UtcClient } from "@/lib/postgres";

/** Of PostgreSQL's advisory locks; any number that nothing else here uses. */
const gate = 729_113_999;

/**
 * Forces an order of two things that happen at the same moment: `first` is stopped inside its transaction when it writes into
 * `table`, and goes on once `second` waits for it, or has ended without.
 */
export async function race<One, Two>(
  table: string,
  first: () => Promise<One>,
  second: () => Promise<Two>,
): Promise<[PromiseSettledResult<One>, PromiseSettledResult<Two>]> {
  const keeper = new UtcClient({ connectionString: env.DATABASE_URL });
  await keeper.connect();
  try {
    await keeper.query("SELECT pg_advisory_lock($1)", [gate]);
    await stopWritersInto(table);
    const one = first();
    let oneEnded = false;
    one
      .catch(() => {})
      .finally(() => {
        oneEnded = true;
      });
    await eventually(async () => expect(oneEnded || (await waiting()) >= 1).toBe(true));
    if (oneEnded) throw new Error(`What should come first never wrote into ${table}.`);
    const two = second();
    let twoEnded = false;
    two
      .catch(() => {})
      .finally(() => {
        twoEnded = true;
      });
    await eventually(async () => expect(twoEnded || (await waiting()) >= 2).toBe(true));
    await keeper.query("SELECT pg_advisory_unlock($1)", [gate]);
    return await Promise.allSettled([one, two]);
  } finally {
    await keeper.end();
    await db.$executeRawUnsafe(`DROP TRIGGER IF EXISTS stop_at_gate ON "${table}"`);
  }
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

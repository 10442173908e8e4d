import { setTimeout as pause } from "node:timers/promises";
import type { UtcClient } from "@/lib/postgres";
import { endRounds, type World } from "./world";

/** Ends or awaits what allowed calls began and the worker would go on with, so that nothing changes by itself. */
export async function settle(world: World): Promise<void> {
  await endRounds(world);
  await world.database.query(`UPDATE "EndedAccess" SET "nextAskAt" = NULL WHERE "customerId" = $1`, [
    world.customer.id,
  ]);
  const running = `SELECT FROM "Verification" WHERE "customerId" = $1 AND "state" = 'running'
    UNION ALL SELECT FROM "AuditItem" WHERE "customerId" = $1 AND "state" = 'running'`;
  while ((await world.database.query(running, [world.customer.id])).rowCount) await pause(50);
}

/** Every row of every table that names one of the two customers or of the people: what a refused call must not change. */
export function everythingStored({ database, customer, otherCustomer, people }: World): Promise<string[]> {
  return rowsThatName(database, [customer, otherCustomer, ...Object.values(people)]);
}

export function storedOfCustomer({ database, customer }: World): Promise<string[]> {
  return rowsThatName(database, [customer]);
}

/** A row is shown by its beginning and a digest of the whole. */
async function rowsThatName(database: UtcClient, named: { id: string }[]): Promise<string[]> {
  const ids = named.map(({ id }) => `%${id}%`);
  const { rows: tables } = await database.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'",
  );
  const selects = tables.map(
    ({ name }) => `SELECT '${name} ' || left(t::text, 150) || ' ' || md5(t::text) AS row FROM ${name} t
      WHERE t::text LIKE ANY($1)`,
  );
  const { rows } = await database.query<{ row: string }>(`${selects.join(" UNION ALL ")} ORDER BY 1`, [ids]);
  return rows.map(({ row }) => row);
}

/** How often somebody exported is counted, also when nothing else changes. */
export function withoutCounts(rows: string[]): string[] {
  return rows.filter((row) => !row.startsWith('"RateLimiterFlexible"'));
}

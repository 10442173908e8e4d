import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultZone, UtcClient } from "@/lib/postgres";

const folder = "prisma/migrations";

/** The advisory lock that Prisma's own `migrate deploy` takes, so that the two never run at once. */
const prismaLock = 72707369;

const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

export interface MigrateOptions {
  /** The time zone in which earlier versions wrote, where it cannot be seen from the database. */
  timesWrittenIn?: string | undefined;
}

/**
 * Applies prisma/migrations as `prisma migrate deploy` does and keeps its ledger, but without the engine that Prisma would
 * download. Safe to run from several processes at once. Returns the names of those applied.
 */
export async function migrate(url: string, { timesWrittenIn = "" }: MigrateOptions = {}): Promise<string[]> {
  const client = new UtcClient({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [prismaLock]);
    await client.query(ledger);
    const applied = await readLedger(client);
    if (applied.size > 0) await tellZones(client, await defaultZone(url), timesWrittenIn);
    const fresh: string[] = [];
    for (const { name, sql, checksum } of await readMigrations()) {
      if (applied.has(name)) {
        if (applied.get(name) !== checksum)
          throw new Error(`The migration ${name} was changed after it was applied. Restore it and add a new one.`);
        continue;
      }
      await apply(client, name, sql, checksum);
      fresh.push(name);
    }
    return fresh;
  } finally {
    await client.end();
  }
}

/** For the migration that puts times right which earlier versions wrote in the zone of their session. */
async function tellZones(client: UtcClient, usual: string, operatorsWord: string): Promise<void> {
  await client.query(
    "SELECT set_config('crossaccount.default_zone', $1, false), set_config('crossaccount.times_written_in', $2, false)",
    [usual, operatorsWord],
  );
}

async function readLedger(client: UtcClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function readMigrations(): Promise<{ name: string; sql: string; checksum: string }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function apply(client: UtcClient, name: string, sql: string, checksum: string): Promise<void> {
  const id = randomUUID();
  await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
    id,
    checksum,
    name,
  ]);
  try {
    await client.query(sql);
  } catch (error) {
    await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [id, String(error)]);
    throw new Error(`The migration ${name} failed: ${reasonOf(error)}`, { cause: error });
  }
  await client.query("UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1", [id]);
}

/** What PostgreSQL says, and what it says to do. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "hint" in error && error.hint ? `${error.message}\n${error.hint}` : error.message;
}

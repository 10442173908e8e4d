import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { defaultZone, UtcClient } from "@/lib/postgres";
import { buildLargeIndexes } from "./large-indexes";

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
  /** How long to wait for another process that migrates; 60 unless given. */
  lockTimeoutSeconds?: number;
  /** How long to wait for the database's first word; 10 unless given. */
  connectTimeoutSeconds?: number;
}

/**
 * Applies prisma/migrations as `prisma migrate deploy` does and keeps its ledger, but without the engine that Prisma would
 * download, and then builds the indexes of large tables. Safe to run from several processes at once. Returns the names of what was
 * applied and built.
 *
 * Each migration is a transaction of its own, and what it needs, the lock too, ends with it: behind a pooler that gives each
 * transaction another connection, a lock of the session would be left with one that nobody can release.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { connectTimeoutSeconds = 10 } = options;
  const client = new UtcClient({ connectionString: url, connectionTimeoutMillis: connectTimeoutSeconds * 1_000 });
  await client.connect().catch((error: unknown) => {
    if (!(error instanceof Error && error.message === "timeout expired")) throw error;
    throw new Error(`The database said nothing within ${connectTimeoutSeconds} seconds. Look at its host and port.`, {
      cause: error,
    });
  });
  try {
    const usual = await defaultZone(url);
    const fresh: string[] = [];
    for (const migration of await readMigrations()) {
      if (await applyOnce(client, migration, usual, options)) fresh.push(migration.name);
    }
    return [...fresh, ...(await buildIndexes(client, url, options))];
  } finally {
    await client.end();
  }
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

/** False when it was applied before, or by another process meanwhile. */
async function applyOnce(
  client: UtcClient,
  { name, sql, checksum }: Migration,
  usualZone: string,
  { timesWrittenIn = "", lockTimeoutSeconds = 60 }: MigrateOptions,
): Promise<boolean> {
  const id = randomUUID();
  await client.query("BEGIN");
  try {
    await takeLock(client, lockTimeoutSeconds);
    await client.query(ledger);
    const applied = await readLedger(client);
    if (applied.has(name)) {
      await client.query("COMMIT");
      if (applied.get(name) === checksum) return false;
      throw new Error(`The migration ${name} was changed after it was applied. Restore it and add a new one.`);
    }
    if (applied.size > 0) await tellZones(client, usualZone, timesWrittenIn);
    await client.query("INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)", [
      id,
      checksum,
      name,
    ]);
    await runMigration(client, name, sql);
    await client.query("UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1", [
      id,
    ]);
    await client.query("COMMIT");
    return true;
  } catch (error) {
    await client.query("ROLLBACK");
    if (error instanceof FailedMigration)
      await client.query(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, logs) VALUES ($1, $2, $3, $4)",
        [id, checksum, name, String(error.cause)],
      );
    throw error;
  }
}

/**
 * The lock is held by a transaction beside the one connection that builds, which is in none. It sees each statement anew: with one
 * picture of the database for the whole transaction, the build would wait for its end.
 */
async function buildIndexes(
  client: UtcClient,
  url: string,
  { lockTimeoutSeconds = 60 }: MigrateOptions,
): Promise<string[]> {
  const builder = new UtcClient({ connectionString: url });
  await client.query("BEGIN ISOLATION LEVEL READ COMMITTED");
  try {
    await takeLock(client, lockTimeoutSeconds);
    await builder.connect();
    return await buildLargeIndexes(builder);
  } finally {
    await builder.end();
    await client.query("ROLLBACK");
  }
}

class FailedMigration extends Error {}

async function runMigration(client: UtcClient, name: string, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    throw new FailedMigration(`The migration ${name} failed: ${reasonOf(error)}`, { cause: error });
  }
}

const LOOK_AGAIN_MILLISECONDS = 100;

/**
 * Asks again and again: a statement that waits keeps its picture of the database, and whoever has the lock and builds an index
 * concurrently waits for every older picture to be given up.
 */
async function takeLock(client: UtcClient, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  while (!(await isLockTaken(client))) {
    if (performance.now() >= end) {
      throw new Error(
        `The lock for migrations was not free for ${seconds} seconds: another process migrates this database, or one that did left its lock behind ` +
          `with a pooler. See who holds it: SELECT pid, application_name, state FROM pg_stat_activity JOIN pg_locks USING (pid) ` +
          `WHERE locktype = 'advisory' AND objid = ${prismaLock}; then wait, or end it by pg_terminate_backend(pid), and migrate again.`,
      );
    }
    await delay(LOOK_AGAIN_MILLISECONDS);
  }
}

async function isLockTaken(client: UtcClient): Promise<boolean> {
  // Without parameters: what answers a statement with some keeps its picture until the next one.
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_xact_lock(${prismaLock}) AS taken`);
  return rows[0]?.taken === true;
}

/** For the migration that puts times right which earlier versions wrote in the zone of their session. */
async function tellZones(client: UtcClient, usual: string, operatorsWord: string): Promise<void> {
  await client.query(
    "SELECT set_config('crossaccount.default_zone', $1, true), set_config('crossaccount.times_written_in', $2, true)",
    [usual, operatorsWord],
  );
}

async function readLedger(client: UtcClient): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/** What PostgreSQL says, and what it says to do. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "hint" in error && error.hint ? `${error.message}\n${error.hint}` : error.message;
}

import type { UtcClient } from "@/lib/postgres";

/** One column list for PostgreSQL, of a table that may have millions of rows. */
export interface LargeIndex {
  name: string;
  /** What follows `CREATE INDEX CONCURRENTLY name`. */
  on: string;
}

/** Not in the migrations, which are transactions and would keep everyone from writing for as long as they build. */
export const largeIndexes: readonly LargeIndex[] = [
  { name: "Connection_createdAt_id_idx", on: `ON "Connection" ("createdAt", "id")` },
  { name: "AuditItem_roundId_outcome_connectionId_idx", on: `ON "AuditItem" ("roundId", "outcome", "connectionId")` },
  {
    name: "AuditItem_turn_idx",
    on: `ON "AuditItem" ("customerId", "readyAt", "connectionId") WHERE "state" = 'waiting'`,
  },
  { name: "Reminder_open_since_idx", on: `ON "Reminder" ("kind", "since") WHERE "endedAt" IS NULL` },
  { name: "User_email_idx", on: `ON "User" ("email")` },
];

/** For finding a part of a name, where the extension pg_trgm is to be had; without it, PostgreSQL reads every name. */
export const searchIndexes: readonly LargeIndex[] = [
  { name: "Connection_name_search_idx", on: `ON "Connection" USING gin ("name" gin_trgm_ops)` },
  { name: "Customer_name_search_idx", on: `ON "Customer" USING gin ("name" gin_trgm_ops)` },
  { name: "Customer_reference_search_idx", on: `ON "Customer" USING gin ("reference" gin_trgm_ops)` },
];

/**
 * Builds what is missing while everyone reads and writes on, by a connection that is in no transaction. An index that a killed
 * process left half built is built again, so whoever calls this makes sure that no one else builds. Returns the names of those built.
 */
export async function buildLargeIndexes(client: UtcClient): Promise<string[]> {
  const wanted = (await hasTrigrams(client)) ? [...largeIndexes, ...searchIndexes] : largeIndexes;
  const built: string[] = [];
  for (const { name, on } of wanted) {
    const quoted = client.escapeIdentifier(name);
    const { rows } = await client.query<{ valid: boolean }>(
      `SELECT indisvalid AS valid FROM pg_index WHERE indexrelid = to_regclass($1)`,
      [quoted],
    );
    if (rows[0]?.valid) continue;
    await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${quoted}`);
    await client.query(`CREATE INDEX CONCURRENTLY ${quoted} ${on}`);
    built.push(name);
  }
  return built;
}

/** Of PostgreSQL's own additional modules, which a database's owner may add since 13. Not everyone has them installed or may. */
async function hasTrigrams(client: UtcClient): Promise<boolean> {
  const { rows } = await client.query<{ here: boolean; available: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm') AS here,
       EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') AS available`,
  );
  const [found] = rows;
  if (found?.here || !found?.available) return found?.here ?? false;
  return client.query("CREATE EXTENSION IF NOT EXISTS pg_trgm").then(
    () => true,
    (error: unknown) => {
      if ((error as { code?: unknown }).code === insufficientPrivilege) return false;
      throw error;
    },
  );
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const insufficientPrivilege = "42501";

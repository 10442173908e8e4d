import { db } from "@/lib/db";

/** A row as text, with the name of its table in front. */
export interface StoredRow {
  table: string;
  text: string;
}

export interface Changes {
  /** Rows that are gone, or were changed: as they were. */
  gone: StoredRow[];
  /** Rows that are new, or were changed: as they are. */
  came: StoredRow[];
}

/** Every row of the database but those by which it keeps count, and the jobs of the queue where there is one. */
export async function storedRows(): Promise<StoredRow[]> {
  const tables = await db.$queryRaw<{ table: string; name: string }[]>`
    SELECT relname AS table, oid::regclass::text AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('ConnectionTally', 'AuditRoundTally') OR oid = to_regclass('pgboss.job')`;
  const selects = tables.map(
    ({ table, name }) => `SELECT '${table}' AS table, to_jsonb(t)::text AS text FROM ${name} t`,
  );
  return db.$queryRawUnsafe<StoredRow[]>(selects.join(" UNION ALL "));
}

/** What a call changes in the database. */
export async function changesBy(act: () => Promise<unknown>): Promise<Changes> {
  const before = await storedRows();
  await act();
  const after = await storedRows();
  return { gone: without(before, after), came: without(after, before) };
}

export function tablesOf({ gone, came }: Changes): string[] {
  return [...new Set([...gone, ...came].map(({ table }) => table))].sort();
}

function without(rows: StoredRow[], others: StoredRow[]): StoredRow[] {
  const known = new Set(others.map(keyOf));
  return rows.filter((row) => !known.has(keyOf(row)));
}

function keyOf({ table, text }: StoredRow): string {
  return `${table} ${text}`;
}

/**
 * Of a change, rows that name none of the ids of which it may change and remove rows, or add rows. How often a customer or an actor
 * did something is counted for them.
 */
export function notOf(
  { changed, added }: { changed: readonly string[]; added: readonly string[] },
  { gone, came }: Changes,
): StoredRow[] {
  const names = ({ text }: StoredRow, ids: readonly string[]) => ids.some((id) => text.includes(id));
  return [
    ...gone.filter((row) => !isShared(row) && !names(row, isCount(row) ? added : changed)),
    ...came.filter((row) => !isShared(row) && !names(row, added)),
  ];
}

function isCount({ table }: StoredRow): boolean {
  return table === "RateLimiterFlexible";
}

/** What counts for all customers together. */
function isShared(row: StoredRow): boolean {
  return row.table === "AccessLogRegister" || (isCount(row) && row.text.includes('-all:all"'));
}

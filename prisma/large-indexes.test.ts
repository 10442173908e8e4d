import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type LocalPostgres, startPostgres } from "@/dev/local/postgres";
import { UtcClient } from "@/lib/postgres";
import { migrate } from "./apply-migrations";
import { largeIndexes, searchIndexes } from "./large-indexes";

const names = (indexes: readonly { name: string }[]) => indexes.map(({ name }) => name);
const all = names([...largeIndexes, ...searchIndexes]);

let directory: string;
let postgres: LocalPostgres;
let client: UtcClient;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "crossaccount-indexes-"));
  postgres = await startPostgres({ directory, port: 0, password: "test", disposable: true });
  client = new UtcClient({ connectionString: postgres.url });
  await client.connect();
}, 60_000);
afterAll(async () => {
  await client.end();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});
beforeEach(async () => {
  await migrate(postgres.url);
});

async function valid(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indisvalid AND relname = ANY($1)",
    [all],
  );
  return rows.map(({ name }) => name).sort();
}

test("are built after the migrations, once", async () => {
  expect(await valid()).toEqual([...all].sort());
  expect(await migrate(postgres.url)).toEqual([]);
});

test("are built while others write", async () => {
  const [writer, other] = [
    new UtcClient({ connectionString: postgres.url }),
    new UtcClient({ connectionString: postgres.url }),
  ];
  await Promise.all([writer.connect(), other.connect()]);
  await client.query(`DROP INDEX "User_email_idx"`);
  const write = `INSERT INTO "User" ("id", "issuer", "subject") VALUES (gen_random_uuid(), 'https://id.test', $1)`;
  await writer.query("BEGIN");
  await writer.query(write, ["one"]);
  const migrating = migrate(postgres.url);
  const building = `SELECT FROM pg_stat_progress_create_index`;
  while ((await client.query(building)).rowCount === 0) await delay(20);
  // Whoever locks the table would now wait for the first writer, and this one for them.
  await other.query("SET lock_timeout = '2s'");
  await other.query(write, ["two"]);
  await writer.query("COMMIT");
  expect(await migrating).toEqual(["User_email_idx"]);
  await Promise.all([writer.end(), other.end()]);
});

test("one that was left half built is built again", async () => {
  await client.query(`UPDATE pg_index SET indisvalid = false WHERE indexrelid = '"User_email_idx"'::regclass`);
  expect(await migrate(postgres.url)).toEqual(["User_email_idx"]);
  expect(await valid()).toEqual([...all].sort());
});

test("without the extension, all but those for searching are, and these once it is there", async () => {
  await client.query("DROP EXTENSION pg_trgm CASCADE");
  await client.query("CREATE ROLE lender LOGIN PASSWORD 'test' NOSUPERUSER");
  const { rows } = await client.query<{ name: string }>("SELECT current_database() AS name");
  const database = client.escapeIdentifier(rows[0]?.name ?? "");
  await client.query(
    `REVOKE CREATE ON DATABASE ${database} FROM PUBLIC; GRANT pg_read_all_data, pg_write_all_data TO lender`,
  );
  await client.query(`GRANT ALL ON SCHEMA public TO lender`);
  const url = new URL(postgres.url);
  url.username = "lender";
  expect(await migrate(url.href)).toEqual([]);
  expect(await valid()).toEqual(names(largeIndexes).sort());
  expect(await migrate(postgres.url)).toEqual(names(searchIndexes));
});

import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { env } from "@/lib/env";
import { UtcClient } from "@/lib/postgres";

const migration = "20261126121000_actors_not_persons";
const files = globSync("prisma/migrations/*/migration.sql").sort();
const at = files.findIndex((file) => file.includes(migration));
const database = new UtcClient({ connectionString: env.DATABASE_URL });
const [ana, sam] = [randomUUID(), randomUUID()];

/** Tables of their own, as the version before left them. */
beforeAll(async () => {
  await database.connect();
  await database.query("CREATE SCHEMA earlier");
  await database.query("SET search_path TO earlier");
  for (const file of files.slice(0, at)) await database.query(readFileSync(file, "utf8"));
});
afterAll(() => database.end());

/** What the version before wrote. */
async function log(userId: string, action: string): Promise<void> {
  const row = [randomUUID(), userId, action];
  await database.query(`INSERT INTO "ActivityLogEntry" ("id", "userId", "action") VALUES ($1, $2, $3)`, row);
}

async function startRound(startedById: string | null): Promise<void> {
  const row = [randomUUID(), startedById];
  await database.query(`INSERT INTO "AuditRound" ("id", "kind", "startedById") VALUES ($1, 'scheduled', $2)`, row);
}

async function createConnection(createdById: string): Promise<void> {
  const customerId = randomUUID();
  await database.query(`INSERT INTO "Customer" ("id", "reference", "name") VALUES ($1, $2, 'Acme')`, [
    customerId,
    randomUUID(),
  ]);
  await database.query(
    `INSERT INTO "Connection" ("id", "customerId", "name", "partition", "region", "stackName", "roleName", "externalIdCiphertext",
       "externalIdDigest", "templateVersion", "createdById", "updatedAt", "requestId")
     VALUES ($1, $2, 'Production', 'aws', 'us-east-1', 'stack', 'role', '', $3, '1', $4, now(), $5)`,
    [randomUUID(), customerId, randomUUID(), createdById, randomUUID()],
  );
}

async function rowsOf(table: string, columns: string): Promise<unknown[][]> {
  const { rows } = await database.query<unknown[]>({
    text: `SELECT ${columns} FROM "${table}" ORDER BY 1, 2, 3`,
    rowMode: "array",
  });
  return rows;
}

test("what earlier versions kept of persons says afterwards which kind of person it was, also while one still runs", async () => {
  const write = async () => {
    await log(ana, "connection.created");
    await log(ana, "invitation.accepted");
    await log(sam, "audit-round.started");
    await log(sam, "audit-round.cancelled");
    await createConnection(ana);
  };
  await write();
  await startRound(sam);
  await startRound(null);
  await database.query(readFileSync(files[at] ?? "", "utf8"));
  await write();

  const twice = (rows: unknown[][]) => rows.flatMap((row) => [row, row]);
  expect(await rowsOf("ActivityLogEntry", `"action", "actorType", "actorId"`)).toEqual(
    twice([
      ["audit-round.cancelled", "staff", sam],
      ["audit-round.started", "staff", sam],
      ["connection.created", "customer", ana],
      ["invitation.accepted", "customer", ana],
    ]),
  );
  expect(await rowsOf("Connection", `"createdByType", "createdById", "name"`)).toEqual(
    twice([["customer", ana, "Production"]]),
  );
  expect(await rowsOf("AuditRound", `"startedByType", "startedById", "state"::text`)).toEqual([
    ["staff", sam, "running"],
    [null, null, "running"],
  ]);
});

test("who is no person is kept as what it is, and nobody without a name", async () => {
  const insert = (columns: string, values: unknown[]) =>
    database.query(
      `INSERT INTO "ActivityLogEntry" ("id", "action", ${columns}) VALUES ($1, 'audit-round.started', $2, $3)`,
      [randomUUID(), ...values],
    );
  await insert(`"actorType", "actorId"`, ["job", "nightly"]);
  const { rows } = await database.query(`SELECT "actorId", "userId" FROM "ActivityLogEntry" WHERE "actorType" = 'job'`);
  expect(rows).toEqual([{ actorId: "nightly", userId: null }]);
  await expect(insert(`"actorType", "userId"`, ["staff", null])).rejects.toThrow(/null value/);
});

import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { writeLog } from "@/dev/testing/access-log";
import { startWorkerProcess } from "@/dev/testing/workers";
import { mendTimes } from "@/lib/access-log/mend-times";
import { pruneAccessLog } from "@/lib/access-log/prune-access-log";
import { accessLogDependencies } from "@/lib/access-log/services";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { connect, newListeningClient } from "@/lib/db";
import { UtcClient } from "@/lib/postgres";
import { migrate } from "@/prisma/apply-migrations";

/** A database as docs/operators.md asks for: owned by the role that signs in, which may do nothing else on the server. */
const adminUrl = inject("postgresAdminUrl");
const role = `portal_${randomUUID().slice(0, 8)}`;
let admin: UtcClient;
let url: string;

beforeAll(async () => {
  admin = new UtcClient({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'test' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS`);
  await admin.query(`CREATE DATABASE ${role} OWNER ${role}`);
  const address = new URL(adminUrl);
  Object.assign(address, { username: role, password: "test", pathname: `/${role}` });
  url = address.href;
});
afterAll(async () => {
  await admin.query(`DROP DATABASE ${role} WITH (FORCE)`);
  await admin.query(`DROP ROLE ${role}`);
  await admin.end();
});

test("its owner migrates it, from several processes at once, each migration once", async () => {
  const migrations = readdirSync("prisma/migrations").filter((name) => /^\d/.test(name));
  expect(migrations.length).toBeGreaterThan(5);
  const applied = await Promise.all([1, 2, 3].map(() => migrate(url)));
  expect(
    applied
      .flat()
      .filter((name) => /^\d/.test(name))
      .sort(),
  ).toEqual(migrations.sort());
  // The indexes of large tables too: each by one of them alone.
  expect(new Set(applied.flat()).size).toBe(applied.flat().length);
  expect(applied.flat().length).toBeGreaterThan(migrations.length);
  const client = new UtcClient({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    "SELECT migration_name AS name, count(*)::int FROM _prisma_migrations GROUP BY 1",
  );
  expect(rows.every(({ count }) => count === 1)).toBe(true);
  expect(rows).toHaveLength(migrations.length);
  expect(await migrate(url)).toEqual([]);
  await client.end();
});

test("its owner needs nothing more to run a worker, to listen, and to write, mend and prune the access log", async () => {
  const lines: string[] = [];
  const settings = { concurrency: 1, leaseSeconds: 30, environment: { DATABASE_URL: url, LOG_LEVEL: "info" } };
  const worker = startWorkerProcess({ ...settings, onLine: (line) => lines.push(line) });
  try {
    await eventually(() => expect(lines.join("\n")).toContain("worker started"));
  } finally {
    await worker.stop();
  }
  expect(lines.filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);

  const database = connect({ connectionString: url });
  const dependencies = { ...accessLogDependencies, database };
  const owner = { customerId: randomUUID(), connectionId: randomUUID() };
  await writeLog(owner, 3, { database, from: new Date("2020-01-01T00:00:00.000Z") });
  expect(await mendTimes(dependencies)).toBe(0);
  await database.$executeRaw`ALTER TABLE "AccessLogEntry" DISABLE TRIGGER access_log_entry_no_update`;
  await database.$executeRaw`UPDATE "AccessLogEntry" SET at = at + interval '5 hours', "expiresAt" = "expiresAt" + interval '5 hours'`;
  await database.$executeRaw`ALTER TABLE "AccessLogEntry" ENABLE TRIGGER access_log_entry_no_update`;
  expect(await mendTimes(dependencies)).toBe(3);
  expect(await pruneAccessLog(dependencies, { retentionDays: 400 })).toEqual({ entries: 3, tampered: [] });
  await database.$disconnect();

  const listener = newListeningClient({ connectionString: url });
  await listener.connect();
  await listener.query("LISTEN connection_changed");
  await listener.end();
}, 120_000);

import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPgBouncer, type TestPgBouncer } from "@/dev/testing/pgbouncer";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { createConnectionWatch } from "@/lib/crossaccount-client/connection-watch";
import { connect, db, newListeningClient } from "@/lib/db";
import { env } from "@/lib/env";
import { startQueue } from "@/lib/jobs/queue";
import { UtcClient } from "@/lib/postgres";
import { migrate } from "@/prisma/apply-migrations";

/** Behind PgBouncer in transaction mode. */
let bouncer: TestPgBouncer;
beforeAll(async () => {
  bouncer = await startPgBouncer(env.DATABASE_URL);
});
afterAll(() => bouncer.close());

async function forget(name = "20261126123000_defaults_by_the_databases_clock"): Promise<void> {
  await db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name = ${name}`;
}

test("migrations through it leave no lock behind, so that the next one runs, through it or not", async () => {
  await forget();
  expect(await migrate(bouncer.url)).toHaveLength(1);
  const [{ locks } = { locks: -1 }] = await db.$queryRaw<{ locks: number }[]>`
    SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory' AND objid = 72707369`;
  expect(locks).toBe(0);
  await forget();
  expect(await migrate(env.DATABASE_URL, { lockTimeoutSeconds: 2 })).toHaveLength(1);
  expect(await migrate(bouncer.url)).toEqual([]);
});

test("several that migrate at once apply each migration once", async () => {
  await forget();
  const applied = await Promise.all([migrate(bouncer.url), migrate(env.DATABASE_URL), migrate(bouncer.url)]);
  expect(applied.flat()).toHaveLength(1);
});

test("a lock that an earlier version left behind is named, and not waited for without end", async () => {
  const left = new UtcClient({ connectionString: env.DATABASE_URL });
  await left.connect();
  await left.query("SELECT pg_advisory_lock(72707369)");
  await expect(migrate(bouncer.url, { lockTimeoutSeconds: 1 })).rejects.toThrow(
    /not free for 1 seconds.*pg_terminate_backend/s,
  );
  await left.end();
});

test("the portal's statements and transactions work, in UTC, and so does the queue", async () => {
  const database = connect({ connectionString: bouncer.url });
  const reference = randomUUID();
  await Promise.all(
    Array.from({ length: 20 }, (_, count) =>
      database.$transaction(async (transaction) => {
        await transaction.customer.create({ data: { reference: `${reference}-${count}`, name: "Acme" } });
        await transaction.customer.findUniqueOrThrow({ where: { reference: `${reference}-${count}` } });
      }),
    ),
  );
  expect(await database.customer.count({ where: { reference: { startsWith: reference } } })).toBe(20);
  expect(await database.$queryRaw`SHOW TimeZone`).toEqual([{ TimeZone: "UTC" }]);
  const queue = await startQueue({ connectionString: bouncer.url, database, onError: () => {} });
  const job = { jobId: randomUUID(), roundId: randomUUID(), connectionId: randomUUID(), customerId: randomUUID() };
  await database.$transaction((transaction) => queue.send(transaction, [job]));
  expect(await database.$transaction((transaction) => queue.take(transaction, 5))).toEqual([job]);
  await queue.stop();
  await database.$disconnect();
});

test.each([
  { by: "the database's own address", url: () => env.DATABASE_URL, hears: true },
  { by: "the pooler's address", url: () => bouncer.url, hears: false },
])("whoever listens by $by hears of changes: $hears", async ({ url, hears }) => {
  const faults: unknown[] = [];
  const watch = createConnectionWatch({
    newClient: () => newListeningClient({ connectionString: url() }),
    onChange: () => {},
    onFault: (error) => faults.push(error),
    now: () => performance.now(),
    wait: (ms) => delay(ms, undefined, { ref: false }),
    jitter: () => 0,
  });
  watch.hearing();
  if (hears) return eventually(() => expect(watch.hearing()).toBe(1));
  await eventually(() => expect(faults.length).toBeGreaterThan(0));
  expect(watch.hearing()).toBeNull();
});

import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { startProxy, type TestProxy } from "@/dev/testing/proxy";
import { CrossAccountError } from "@/lib/crossaccount";
import { connect, db } from "./db";
import { env } from "./env";
import type { PrismaClient } from "./generated/prisma/client";
import { createLineLimit } from "./line-limit";
import type { PoolSettings } from "./postgres";
import { translateError } from "./translate-error";

const opened: (PrismaClient | TestProxy)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await ("close" in one ? one.close() : one.$disconnect());
});

function open(settings: PoolSettings = {}): PrismaClient {
  const database = connect({ connectionString: env.DATABASE_URL, ...settings });
  opened.push(database);
  return database;
}

async function through(settings: PoolSettings = {}) {
  const proxy = await startProxy(env.DATABASE_URL);
  opened.push(proxy);
  const patience = { answerTimeoutMillis: 300, connectionTimeoutMillis: 500, max: 1 };
  return { proxy, database: open({ connectionString: proxy.url, ...patience, ...settings }) };
}

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error("it worked")),
    (error: unknown) => translateError(error),
  );

const unavailable = { code: "unavailable", retryAfterSeconds: 10 };

/** As an administrator, or a server that shuts down, ends what others do. */
async function endAll(condition: string): Promise<void> {
  for (let ended = 0; ended === 0; await delay(20))
    ended = await db.$executeRawUnsafe(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND ${condition}`,
    );
}

test("a statement whose connection the server ends (57P01)", async () => {
  const database = open();
  await database.user.count();
  const ended = failureOf(database.$executeRaw`SELECT pg_sleep(20)`);
  await endAll("query LIKE '%pg_sleep(20)%'");
  expect(await ended).toMatchObject(unavailable);
  expect(await database.user.count()).toBe(0);
});

test("a transaction whose connection the server ends", async () => {
  const database = open();
  const work = database.$transaction(async (transaction) => {
    await transaction.user.count();
    await endAll("state = 'idle in transaction'");
    await transaction.user.count();
  });
  expect(await failureOf(work)).toMatchObject(unavailable);
});

test.each(["57P03", "57P02", "53300", "53200", "08006", "25006"])("what the server refuses with %s", async (state) => {
  const refused = open().$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${state}'; END $$`);
  expect(await failureOf(refused)).toMatchObject(unavailable);
});

test("a connection that is cut without a word, and one that is not answered at all", async () => {
  const { proxy, database } = await through();
  await database.user.count();
  proxy.hush();
  expect(await failureOf(database.user.count())).toMatchObject(unavailable);
  expect(await failureOf(database.user.count())).toMatchObject(unavailable);
  const waiting = await Promise.all([failureOf(database.user.count()), failureOf(database.user.count())]);
  expect(waiting).toEqual([expect.objectContaining(unavailable), expect.objectContaining(unavailable)]);
});

test("a server that is not there", async () => {
  const { proxy, database } = await through();
  await proxy.close();
  opened.shift();
  expect(await failureOf(database.user.count())).toMatchObject(unavailable);
});

test("storage or access log of the library, because of the database below them", async () => {
  const { proxy, database } = await through();
  await database.user.count();
  proxy.hush();
  const cause = await database.user.count().catch((error: unknown) => error);
  expect(translateError(new CrossAccountError("access-log-failed", "No log.", { cause }))).toMatchObject(unavailable);
  expect(translateError(new CrossAccountError("access-log-failed", "No log."))).toMatchObject({ code: "internal" });
});

test("a statement that is wrong is a bug of ours all the same", async () => {
  expect(await failureOf(open().$executeRaw`SELECT * FROM "Nothing"`)).toMatchObject({ code: "internal" });
});

test("a line that repeats is written a few times in ten seconds, and says then how many were left out", () => {
  let at = 0;
  const limit = createLineLimit(() => at);
  const written = Array.from({ length: 500 }, () => limit("outage", 1)).filter((omitted) => omitted !== null);
  expect(written).toEqual([0]);
  expect(limit("another kind", 1)).toBe(0);
  at += 10_000;
  expect(limit("outage", 1)).toBe(499);
  expect(limit("outage", 1)).toBeNull();
});

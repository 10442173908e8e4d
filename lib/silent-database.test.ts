import { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startProxy, type TestProxy } from "@/dev/testing/proxy";
import { startWorkerProcess } from "@/dev/testing/workers";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { connect, db, newListeningClient } from "@/lib/db";
import { env } from "@/lib/env";
import { startQueue } from "@/lib/jobs/queue";
import { UtcClient, type UtcClientSettings } from "@/lib/postgres";

/** Connections that are cut without a word, as by a failover, and a database that hangs: nobody is told, nothing is closed. */
let proxy: TestProxy;
beforeEach(async () => {
  proxy = await startProxy(env.DATABASE_URL);
});
afterEach(() => proxy.close());

const answerTimeoutMillis = 400;

test("the pool serves again after its connections were cut in statements and transactions", async () => {
  const database = connect({ connectionString: proxy.url, answerTimeoutMillis, max: 2 });
  await Promise.all([database.user.count(), database.user.count()]);
  proxy.hush();
  proxy.recover();
  const cut = await Promise.allSettled([
    database.user.count(),
    database.$transaction((transaction) => transaction.user.count()),
  ]);
  expect(cut.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await database.$transaction((transaction) => transaction.user.count())).toBe(0);
  await database.$disconnect();
});

test("a transaction that is given up leaves no dead connection behind", async () => {
  const database = connect({ connectionString: proxy.url, answerTimeoutMillis, max: 1 });
  const given = database.$transaction(
    async (transaction) => {
      await transaction.user.count();
      proxy.hush();
      proxy.recover();
      await transaction.user.count();
    },
    { timeout: 100 },
  );
  await expect(given).rejects.toThrow();
  expect(await database.user.count()).toBe(0);
  await database.$disconnect();
});

test("the queue comes back after its connections were cut", async () => {
  const errors: unknown[] = [];
  // Its tables take longer still.
  await (await startQueue({ connectionString: env.DATABASE_URL, database: db, onError: () => undefined })).stop();
  const queue = await startQueue({
    connectionString: proxy.url,
    database: db,
    onError: (error) => errors.push(error),
    // Making its tasks takes longer than a statement of ours, the more where much else runs.
    answerTimeoutMillis: 3_000,
    drainMs: 1_000,
  });
  const task = async () => {};
  const maintain = () =>
    queue
      .maintain({
        ...{ "purge-verifications": task, "purge-access-log": task, remind: task },
        ...{ "expire-rotations": task, "ask-ended-access": task },
      })
      .then(() => "maintains");
  proxy.hush();
  proxy.recover();
  const again = () => maintain().catch(() => "not yet");
  await expect.poll(again, { timeout: 50_000 }).toBe("maintains");
  await queue.stop();
});

test("a listener whose connection opens and then says nothing is given up", async () => {
  const client = newListeningClient({ connectionString: proxy.url, answerTimeoutMillis });
  const ended = new Promise((settle) => client.on("error", settle));
  await client.connect();
  proxy.hush();
  await expect(client.query("LISTEN nothing")).rejects.toThrow(/did not answer/);
  expect(await ended).toBeInstanceOf(Error);
});

test.each(["client", "pool"])(
  "a %s whose connection opens and then owes the first answer is refused, and the process goes on",
  async (kind) => {
    const settings = { connectionString: proxy.url, answerTimeoutMillis };
    const uncaught: unknown[] = [];
    const hear = (error: unknown) => uncaught.push(error);
    process.on("uncaughtException", hear);
    class Silenced extends UtcClient {
      constructor(config: UtcClientSettings = settings) {
        super(config);
      }

      override emit(...[event, ...rest]: Parameters<UtcClient["emit"]>): boolean {
        if (event === "connect") proxy.hush();
        return super.emit(event, ...rest);
      }
    }
    const connecting =
      kind === "client" ? new Silenced(settings).connect() : connect({ ...settings, Client: Silenced }).user.count();
    await expect(connecting).rejects.toThrow(/did not answer/);
    await delay(50);
    process.off("uncaughtException", hear);
    expect(uncaught).toEqual([]);
  },
);

test("what is idle is kept, however long nobody asks anything", async () => {
  const client = new UtcClient({ connectionString: proxy.url, answerTimeoutMillis: 100 });
  await client.connect();
  await delay(300);
  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test("what was idle for long and then says nothing is given up too", async () => {
  const client = new UtcClient({ connectionString: proxy.url, answerTimeoutMillis: 100 });
  const ended = new Promise((settle) => client.on("error", settle));
  await client.connect();
  await delay(300);
  proxy.hush();
  await expect(client.query("SELECT 1")).rejects.toThrow(/did not answer/);
  expect(await ended).toBeInstanceOf(Error);
});

describe("unless told otherwise, 10 seconds are given to connect and 30 to answer", () => {
  let [answering, connecting] = [vi.fn(Socket.prototype.setTimeout), vi.fn(globalThis.setTimeout)];
  beforeEach(() => {
    answering = vi.spyOn(Socket.prototype, "setTimeout");
    connecting = vi.spyOn(globalThis, "setTimeout");
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  /** The limits that were set since, in milliseconds. */
  const limits = () => ({
    connect: connecting.mock.calls.map(([, milliseconds]) => milliseconds),
    answer: answering.mock.calls.map(([milliseconds]) => milliseconds).filter((milliseconds) => milliseconds > 0),
  });

  test("by the pool", async () => {
    const database = connect({ connectionString: proxy.url });
    await database.user.count();
    expect(limits()).toEqual({ connect: expect.arrayContaining([10_000]), answer: [30_000] });
    await database.$disconnect();
  });

  test("by the queue", async () => {
    const queue = await startQueue({ connectionString: proxy.url, database: db, onError: () => undefined });
    const { connect: waits, answer } = limits();
    expect(waits).toContain(10_000);
    expect(answer.length).toBeGreaterThan(0);
    expect(new Set(answer)).toEqual(new Set([30_000]));
    await queue.stop();
  });
});

test("a worker ends in its time though the database hangs", async () => {
  const lines: string[] = [];
  const worker = startWorkerProcess({
    concurrency: 2,
    leaseSeconds: 30,
    environment: { DATABASE_URL: proxy.url, WORKER_STOP_SECONDS: "5", LOG_LEVEL: "info" },
    onLine: (line) => lines.push(line),
  });
  await eventually(() => expect(lines.join()).toContain("worker started"));
  proxy.hush();
  await delay(500);
  const asked = performance.now();
  process.kill(worker.pid ?? 0, "SIGTERM");
  expect(await worker.exited).toBe(1);
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(lines.at(-1)).toContain("did not end in time");
}, 120_000);

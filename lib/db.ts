import "server-only";
import { env } from "./env";
import { PrismaClient } from "./generated/prisma/client";
import { type PoolSettings, poolSettings, prismaAdapter, UtcClient, type UtcClientSettings } from "./postgres";

export type Database = Pick<
  PrismaClient,
  Exclude<keyof PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">
>;

/** One pool for the process: the server, its pages and its proxy each load this module, and the development server after each change. */
const kept = globalThis as { crossaccountPrisma?: PrismaClient };

kept.crossaccountPrisma ??= connect({ connectionString: env.DATABASE_URL });
export const db: PrismaClient = kept.crossaccountPrisma;

export function connect(settings: PoolSettings): PrismaClient {
  // A transaction waits for its connection as long as everything else does; Prisma would give up after two seconds.
  return new PrismaClient({
    adapter: prismaAdapter({ max: 10, ...settings }),
    transactionOptions: { maxWait: poolSettings.connectionTimeoutMillis },
  });
}

/** A connection outside the pool, for hearing notifications. By itself it does not keep the process running. */
export function newListeningClient(settings: UtcClientSettings = {}): UtcClient {
  const client = new UtcClient({
    connectionString: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
    application_name: "crossaccount-listen",
    connectionTimeoutMillis: 5_000,
    answerTimeoutMillis: 5_000,
    ...settings,
  }) as UtcClient & { unref(): void };
  client.once("connect", () => client.unref());
  return client;
}

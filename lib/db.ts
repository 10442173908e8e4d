import "server-only";
import { env } from "./env";
import { PrismaClient } from "./generated/prisma/client";
import { maxLifetimeSeconds, type PoolSettings, prismaAdapter, UtcClient } from "./postgres";

export type Database = Pick<
  PrismaClient,
  Exclude<keyof PrismaClient, "$connect" | "$disconnect" | "$on" | "$transaction" | "$extends">
>;

/** Nobody waits for ever for a database that hangs: a person gets an answer, and tries again. */
const patience = { connectionTimeoutMillis: 10_000, query_timeout: 30_000 };

/** The development server loads this module again after each change; one pool of connections is enough. */
const kept = globalThis as { crossaccountPrisma?: PrismaClient };

export const db: PrismaClient = kept.crossaccountPrisma ?? connect({ connectionString: env.DATABASE_URL, ...patience });
if (env.NODE_ENV !== "production") kept.crossaccountPrisma = db;

export function connect(settings: PoolSettings): PrismaClient {
  return new PrismaClient({ adapter: prismaAdapter({ max: 10, maxLifetimeSeconds, ...settings }) });
}

/** A connection outside the pool, for hearing notifications. By itself it does not keep the process running. */
export function newListeningClient(): UtcClient {
  const client = new UtcClient({
    connectionString: env.DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  }) as UtcClient & { unref(): void };
  client.once("connect", () => client.unref());
  return client;
}

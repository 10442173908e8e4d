import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTlsDatabase, type TlsDatabase } from "@/dev/testing/tls-database";
import { migrate } from "@/prisma/apply-migrations";
import { databaseFailureOf } from "./database-failures";
import { connect, newListeningClient } from "./db";
import { env } from "./env";
import { startQueue } from "./jobs/queue";

let database: TlsDatabase;
beforeAll(async () => {
  database = await startTlsDatabase();
});
afterAll(() => database.close());

const trusted = () => `${database.url}?sslmode=verify-full&sslrootcert=${database.ca}`;

/** What somebody who runs a command reads. */
async function runMigrate(DATABASE_URL: string): Promise<string> {
  const command = promisify(execFile)("npm", ["run", "-s", "migrate"], { env: { ...process.env, DATABASE_URL } });
  const { stdout, stderr } = await command.catch((error: { stdout: string; stderr: string }) => error);
  return stdout + stderr;
}

describe("a database with a certificate by an authority of one's own", () => {
  test("is used by migrations, portal, queue and listener, all encrypted", async () => {
    expect(await migrate(trusted())).not.toEqual([]);
    const portal = connect({ connectionString: trusted() });
    const queue = await startQueue({ connectionString: trusted(), database: portal, onError: () => {} });
    const listener = newListeningClient({ connectionString: trusted() });
    await listener.connect();
    await listener.query("LISTEN changes");
    const sessions = await portal.$queryRaw<{ ssl: boolean; count: number }[]>`
      SELECT ssl, count(*)::int FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
       WHERE client_port IS NOT NULL GROUP BY ssl`;
    expect(sessions).toEqual([{ ssl: true, count: expect.any(Number) as number }]);
    expect(sessions[0]?.count).toBeGreaterThanOrEqual(3);
    await queue.stop();
    await listener.end();
    await portal.$disconnect();
  });

  test.each<[string, () => string, RegExp]>([
    [
      "another authority",
      () => `${database.url}?sslmode=verify-full&sslrootcert=${database.otherCa}`,
      /not by an auth/,
    ],
    ["no authority but the public ones", () => `${database.url}?sslmode=verify-full`, /sslrootcert=\/path\/to\/ca.pem/],
    ["another host", () => trusted().replace("127.0.0.1", "localhost"), /for another host/],
  ])("is refused in a sentence with %s, by whoever asks", async (_, url, sentence) => {
    await expect(migrate(url())).rejects.toThrow(sentence);
    const portal = connect({ connectionString: url() });
    const failure: unknown = await portal.$queryRaw`SELECT 1`.catch((error: unknown) => error);
    expect(String(failure)).toMatch(sentence);
    expect(databaseFailureOf(failure)).toBe("unavailable");
    await portal.$disconnect();
    await expect(newListeningClient({ connectionString: url() }).connect()).rejects.toThrow(sentence);
  });

  test("takes nobody without TLS", async () => {
    await expect(migrate(database.url)).rejects.toThrow(/no pg_hba.conf entry.*no encryption/);
  });

  test("is no stack trace to who runs a command, and an address that is not heeded is none either", async () => {
    const wrong = `${database.url}?sslmode=verify-full&sslrootcert=${database.otherCa}`;
    expect(await runMigrate(wrong)).toMatch(/^The database's certificate is not by an authority[^\n]*\n$/);
    expect(await runMigrate(`${database.url}?schema=portal`)).toMatch(/^DATABASE_URL must not have \?schema=[^\n]*\n$/);
    expect(await runMigrate(trusted())).toBe("The database is up to date.\n");
  });
});

test("a database without TLS is refused in a sentence where the address asks for it", async () => {
  await expect(migrate(`${env.DATABASE_URL}?sslmode=verify-full`)).rejects.toThrow(/^The database has no TLS/);
});

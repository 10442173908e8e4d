import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, inject } from "vitest";
import { createDatabase } from "@/dev/local/postgres";
import { UtcClient } from "@/lib/postgres";
import { testEnvironment } from "./environment";
import { templateDatabase } from "./global-setup";
import { testSandbox } from "./sandbox";

/**
 * Runs before each test file of the portal: a database of its own and a sandbox of its own, named in the environment before
 * any module reads it. Nothing is shared, so files run side by side and in any order.
 */
const adminUrl = inject("postgresAdminUrl");
const database = `test_${randomUUID().replaceAll("-", "")}`;
await createDatabase(adminUrl, database, templateDatabase);
const sandbox = await testSandbox();

Object.assign(process.env, {
  NODE_ENV: "test",
  LOG_LEVEL: "silent",
  ...testEnvironment({ databaseUrl: adminUrl.replace(/\/postgres$/, `/${database}`), sandboxUrl: sandbox.url }),
  STAFF_EMAILS: "sam@vendor.test",
  STAFF_SECURITY_EMAILS: "sasha@vendor.test",
  CUSTOMER_CLAIM: "customer",
  PROPAGATION_WAIT_SECONDS: "1",
});

afterAll(async () => {
  const { db } = await import("@/lib/db");
  await db.$disconnect();
  await sandbox.close();
  const client = new UtcClient({ connectionString: adminUrl });
  await client.connect();
  await untilLeft(client);
  await client.query(`DROP DATABASE ${client.escapeIdentifier(database)} WITH (FORCE)`);
  await client.end();
});

/** Pools say that they are closed before their connections are; one that is cut off meanwhile would fail the run. */
async function untilLeft(client: UtcClient): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    const { rowCount } = await client.query("SELECT 1 FROM pg_stat_activity WHERE datname = $1", [database]);
    if (rowCount === 0) return;
    await delay(20);
  }
}

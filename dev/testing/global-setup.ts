import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { createDatabase, startPostgres } from "@/dev/local/postgres";
import { migrate } from "@/prisma/apply-migrations";

declare module "vitest" {
  export interface ProvidedContext {
    postgresAdminUrl: string;
  }
}

export const templateDatabase = "crossaccount_template";

/** One throw-away PostgreSQL for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-test-"));
  const postgres = await startPostgres({ directory, port: 0, password: "test", disposable: true });
  await createDatabase(postgres.adminUrl, templateDatabase);
  await migrate(postgres.adminUrl.replace(/\/postgres$/, `/${templateDatabase}`));
  project.provide("postgresAdminUrl", postgres.adminUrl);
  return async () => {
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

import { join } from "node:path";
import { migrate } from "../../prisma/apply-migrations";
import type { Part } from "./part";
import { startPostgres } from "./postgres";

/** A PostgreSQL of our own unless the operator named one; migrated in either case. */
export async function startDatabase({ options, secrets, environment, programs }: Part): Promise<void> {
  const { operator, directory, disposable } = options;
  if (!operator.DATABASE_URL) {
    const { url, exited, stop } = await startPostgres({
      directory: join(directory, "postgres"),
      port: Number(operator.POSTGRES_PORT ?? 0),
      password: secrets.postgresPassword,
      disposable,
    });
    programs.add({ name: "PostgreSQL", pid: undefined, exited: exited.then(() => null), stop });
    environment.DATABASE_URL = url;
  }
  await migrate(environment.DATABASE_URL ?? "");
}

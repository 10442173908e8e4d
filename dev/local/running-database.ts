import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runningPort } from "./postgres";
import type { LocalSecrets } from "./secrets";

/** The database of the `script/server` that runs with this data directory. */
export async function runningDatabase(directory: string): Promise<{ databaseUrl: string; secrets: LocalSecrets }> {
  const port = await runningPort(join(directory, "postgres"));
  if (port === null) throw new Error("Set DATABASE_URL, or start script/server, which does not run here.");
  const secrets = JSON.parse(await readFile(join(directory, "secrets.json"), "utf8")) as LocalSecrets;
  return { secrets, databaseUrl: `postgresql://postgres:${secrets.postgresPassword}@127.0.0.1:${port}/crossaccount` };
}

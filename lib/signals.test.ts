import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "@/dev/local/free-ports";
import { start } from "@/dev/local/processes";
import { eventually } from "@/lib/crossaccount/testing/eventually";
import { migrate } from "@/prisma/apply-migrations";

/** SIGTERM to npm alone, as a supervisor or a container's runtime sends it, and not to its whole group. */
test.each([
  { command: "worker", says: "worker started" },
  { command: "sandbox", says: "AWS sandbox on" },
])(
  "SIGTERM to npm run $command ends the process itself",
  async ({ command, says }) => {
    const lines: string[] = [];
    const environment = {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      SANDBOX_PORT: String(await freePort()),
    };
    const npm = start(command, ["npm", "run", "-s", command], environment, (line) => lines.push(line));
    try {
      await eventually(() => expect(lines.join("\n")).toContain(says));
      process.kill(npm.pid ?? 0, "SIGTERM");
      await npm.exited;
      await eventually(() => expect(livesOn(npm.pid ?? 0)).toBe(false));
      if (command === "worker") expect(lines.at(-1)).toContain("worker stopped");
    } finally {
      if (livesOn(npm.pid ?? 0)) process.kill(-(npm.pid ?? 0), "SIGKILL");
    }
  },
  120_000,
);

/** As the first process of a container, a signal ends only who listens to it: then the exit code is the command's own. */
test.each(["migrate", "verify-access-log", "prune-access-log"])(
  "%s hears SIGTERM itself while the database says nothing",
  async (command) => {
    const silent = createServer();
    await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
    const connected = once(silent, "connection");
    const { port } = silent.address() as AddressInfo;
    const environment = { ...process.env, DATABASE_URL: `postgresql://portal:x@127.0.0.1:${port}/portal` };
    const flags = ["--conditions=react-server", "--import", "tsx"];
    const child = spawn(process.execPath, [...flags, `script/${command}.ts`], { env: environment, stdio: "ignore" });
    const ended = once(child, "exit");
    await connected;
    child.kill("SIGTERM");
    expect(await ended).toEqual([143, null]);
    silent.close();
  },
  120_000,
);

test("migrations do not wait without end for a database that says nothing", async () => {
  const silent = createServer();
  await new Promise<void>((listening) => silent.listen(0, "127.0.0.1", listening));
  const { port } = silent.address() as AddressInfo;
  const migrating = migrate(`postgresql://portal:x@127.0.0.1:${port}/portal`, { connectTimeoutSeconds: 0.2 });
  await expect(migrating).rejects.toThrow("The database said nothing within 0.2 seconds.");
  silent.close();
});

/** Whether anything of what was started is left. */
function livesOn(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

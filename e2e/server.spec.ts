import { access, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@/dev/local/free-ports";
import { start } from "@/dev/local/processes";
import { expect, test } from "./fixtures/portal";

test("Ctrl-C stops everything that script/server started, and says nothing of a fault", async () => {
  test.setTimeout(240_000);
  const data = await mkdtemp(join(tmpdir(), "crossaccount-server-"));
  const ports = { PORT: await freePort(), SANDBOX_PORT: await freePort(), OIDC_PORT: await freePort() };
  const operator = Object.fromEntries(["PATH", "HOME", "LANG"].map((name) => [name, process.env[name]]));
  const lines: string[] = [];
  const settings = Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)]));
  const environment = { ...operator, ...settings, CROSSACCOUNT_DATA: data, NODE_ENV: "production" };
  const server = start("script/server", ["script/server"], environment, (line) => lines.push(line));
  const ready = () => lines.some((line) => line.includes("The portal is ready"));
  try {
    let ended = false;
    void server.exited.then(() => {
      ended = true;
    });
    await expect.poll(() => ready() || ended, { timeout: 200_000 }).toBe(true);
    expect(ended, lines.join("\n")).toBe(false);
    for (const port of Object.values(ports)) expect(await listens(port)).toBe(true);

    // As a terminal does: to the group in its foreground.
    process.kill(-(server.pid ?? Number.NaN), "SIGINT");
    expect(await server.exited).toBe(0);
    for (const [name, port] of Object.entries(ports)) expect(await listens(port), name).toBe(false);
    await expect(access(join(data, "postgres", "postmaster.pid"))).rejects.toThrow("ENOENT");
    expect(lines.filter((line) => line.includes("crossaccount stops"))).toEqual([]);
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
});

function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => settle(false));
    socket.once("connect", () => {
      socket.destroy();
      settle(true);
    });
  });
}

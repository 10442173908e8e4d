import { expect, test } from "vitest";
import { freePort } from "@/dev/local/free-ports";
import { start } from "@/dev/local/processes";
import { eventually } from "@/lib/crossaccount/testing/eventually";

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

/** Whether anything of what was started is left. */
function livesOn(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

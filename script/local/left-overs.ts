import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

interface Started {
  pid: number;
  /** Part of its command line, so that another program that got the same number is let alone. */
  command: string;
}

/** Notes a program, so that the next start can stop it when this process was killed before it could. */
export async function remember(file: string, started: Started): Promise<void> {
  await writeFile(file, JSON.stringify([...(await recall(file)), started]));
}

/** Stops the programs that an earlier, killed run left behind: they hold ports and data. */
export async function stopLeftOvers(file: string): Promise<void> {
  for (const left of await recall(file)) {
    if (!runs(left)) continue;
    process.kill(left.pid, "SIGTERM");
    while (runs(left)) await pause(50);
  }
  await writeFile(file, "[]");
}

async function recall(file: string): Promise<Started[]> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Started[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

function runs({ pid, command }: Started): boolean {
  const { stdout } = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return (stdout ?? "").includes(command);
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { until } from "./until";

export type Environment = Record<string, string | undefined>;

export interface LocalProcess {
  name: string;
  pid: number | undefined;
  /** Settles with the exit code, or null after a signal. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/**
 * Starts one program of ours in a process group of its own, so that Ctrl-C reaches only us and everything is stopped in
 * order. What it prints goes to `onLine`, line by line.
 */
export function start(
  name: string,
  command: string[],
  environment: Environment,
  onLine: (line: string) => void = () => {},
): LocalProcess {
  const [program = "", ...parameters] = command;
  const child = spawn(program, parameters, {
    env: environment as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  for (const stream of [child.stdout, child.stderr]) eachLine(stream, onLine);
  const exited = new Promise<number | null>((settle) => {
    child.once("exit", (code) => settle(code));
    child.once("error", (error) => {
      onLine(error.message);
      settle(1);
    });
  });
  return { name, pid: child.pid, exited, stop: () => stopGroup(child, exited) };
}

async function stopGroup(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  signal(child.pid, "SIGTERM");
  const giveUp = new AbortController();
  const overdue = pause(8000, "overdue", { signal: giveUp.signal }).catch(() => "stopped");
  if ((await Promise.race([exited, overdue])) === "overdue") signal(child.pid, "SIGKILL");
  giveUp.abort();
  await exited;
}

function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The command line of a program that runs; empty when none has this number. */
export function commandOf(pid: number): string {
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

function eachLine(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.on("data", (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream?.on("end", () => {
    if (rest) onLine(rest);
  });
}

/** Waits until `address` answers with success; fails when the process ends first, as it does when its port is taken. */
export async function untilAnswers(address: string, running: LocalProcess): Promise<void> {
  let ended = false;
  void running.exited.then(() => {
    ended = true;
  });
  await until(async () => {
    const answer = await fetch(address, { redirect: "manual" }).catch(() => undefined);
    if (ended)
      throw new Error(`${running.name} did not start. If its port is taken, set another (see docs/configuration.md).`);
    return answer !== undefined && answer.status < 400;
  });
}

import { readFile, rename, writeFile } from "node:fs/promises";
import { commandOf } from "./processes";
import { until } from "./until";

interface Started {
  pid: number;
  /** Part of its command line, so that another program that got the same number is let alone. */
  command: string;
}

/** After this long without an end, a program is ended the hard way. */
const patienceMs = 8_000;

let writing: Promise<void> = Promise.resolve();

/**
 * Notes a program, so that the next start can stop it when this process was killed before it could. Programs start side by
 * side, so their notes are written one after another, and each as a whole.
 */
export function remember(file: string, started: Started): Promise<void> {
  const written = writing.then(async () => note(file, [...(await recall(file)), started]));
  writing = written.catch(() => undefined);
  return written;
}

async function note(file: string, all: readonly Started[]): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, JSON.stringify(all));
  await rename(draft, file);
}

/** Stops the programs that an earlier, killed run left behind: they hold ports and data. */
export async function stopLeftOvers(file: string): Promise<void> {
  for (const left of await recall(file)) {
    if (!runs(left)) continue;
    process.kill(left.pid, "SIGTERM");
    await until(() => !runs(left), { patienceMs, onOverdue: () => process.kill(left.pid, "SIGKILL") });
  }
  await note(file, []);
}

async function recall(file: string): Promise<Started[]> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Started[];
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (isMissing || error instanceof SyntaxError) return []; // notes that cannot be read must not stop every start
    throw error;
  }
}

function runs({ pid, command }: Started): boolean {
  return commandOf(pid).includes(command);
}

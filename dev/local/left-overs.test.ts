import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { remember, stopLeftOvers } from "./left-overs";

const newFile = async () => join(await mkdtemp(join(tmpdir(), "left-overs-")), "processes.json");

test("programs that start side by side are all remembered", async () => {
  const file = await newFile();
  const started = Array.from({ length: 20 }, (_value, count) => ({
    pid: 1_000 + count,
    command: `${"x".repeat(count)}.ts`,
  }));
  await Promise.all(started.map((program) => remember(file, program)));
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(started);
});

test("notes that cannot be read do not stop the start", async () => {
  const file = await newFile();
  await writeFile(file, '[{"pid":1,"command":"sandbox/main.ts"}]ider.ts"}]');
  await stopLeftOvers(file);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual([]);
});

test("a program that was left behind is stopped, and another with its number is let alone", async () => {
  const file = await newFile();
  const program = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "left-behind"]);
  await once(program, "spawn");
  await remember(file, { pid: process.pid, command: "no part of this command line" });
  await remember(file, { pid: program.pid ?? 0, command: "left-behind" });
  const ended = once(program, "exit");
  await stopLeftOvers(file);
  expect(await ended).toEqual([null, "SIGTERM"]);
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual([]);
});

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellCommands } from "./shell-words";

test.each([
  ["aws iam x \\\n  --a b \\\n    'c d'", [["aws", "iam", "x", "--a", "b", "c d"]]],
  [
    "a 'it'\\''s' &&\nb c",
    [
      ["a", "it's"],
      ["b", "c"],
    ],
  ],
  ["a ''", [["a", ""]]],
])("%j", (line, commands) => {
  expect(shellCommands(line)).toEqual(commands);
  const [words = []] = commands;
  const first = line.split(" &&")[0] ?? "";
  const printed = execFileSync("sh", ["-c", `printf '%s\\n' ${first}`], { encoding: "utf8" });
  expect(printed, "as sh reads it").toBe(words.map((word) => `${word}\n`).join(""));
});

test.each([
  "a $HOME",
  "a `b`",
  'a "b"',
  "a > b",
  "a | b",
  "a; b",
  "a * b",
  "a (b)",
  "a\nb",
  "a 'b",
  "a \\b",
  "a &&",
  "a & b",
])("%j is refused", (line) => {
  expect(() => shellCommands(line)).toThrow();
});

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
  expect(shellCommands(line)).toEqual(commands.map((words) => ({ words })));
  const [words = []] = commands;
  const first = line.split(" &&")[0] ?? "";
  const printed = execFileSync("sh", ["-c", `printf '%s\\n' ${first}`], { encoding: "utf8" });
  expect(printed, "as sh reads it").toBe(words.map((word) => `${word}\n`).join(""));
});

test("what one command prints is a word of a later one", () => {
  const line = "kept=$(printf '%s' 'a )b') &&\nprintf '%s' \"$kept\"";
  expect(shellCommands(line)).toEqual([
    { words: ["printf", "%s", "a )b"], into: "kept" },
    { words: ["printf", "%s", { variable: "kept" }] },
  ]);
  expect(execFileSync("sh", ["-c", line], { encoding: "utf8" })).toBe("a )b");
});

test.each([
  'a "$kept"',
  "kept=$(a &&",
  'kept=$(a) && b "$other"',
  'kept=$(a) && b x"$kept"',
  'kept=$(a) && b "$kept"x',
  "kept=$(a) && b $kept",
  "kept=$(a) b",
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

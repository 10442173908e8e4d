import { API } from "typescript/unstable/async";
import { createVirtualFileSystem } from "typescript/unstable/fs";
import { afterAll, expect, test } from "vitest";
import { changesOf } from "./changes";

const apis: API[] = [];
afterAll(() => Promise.all(apis.map((api) => api.close())));

/** Each changed text of a line of code. */
async function changed(text: string): Promise<string[]> {
  const tsconfig = JSON.stringify({ compilerOptions: { noLib: true, types: [] }, files: ["code.ts"] });
  const fs = createVirtualFileSystem({ "/project/tsconfig.json": tsconfig, "/project/code.ts": text });
  const api = new API({ cwd: "/project", fs });
  apis.push(api);
  const [project] = (await api.updateSnapshot({ openProjects: ["/project/tsconfig.json"] })).getProjects();
  const file = await project?.program.getSourceFile("/project/code.ts");
  if (!file) throw new Error("The code was not read.");
  return changesOf(file).map(({ start, end, text: by }) => text.slice(0, start) + by + text.slice(end));
}

test.each<[what: string, text: string, changes: string[]]>([
  ["an equality", "a === b;", ["{}", "a !== b;"]],
  ["an inequality", "x = a !== b;", ["{}", "x = a === b;"]],
  ["an edge", "x = a < b;", ["{}", "x = a <= b;", "x = a >= b;"]],
  ["another edge", "x = a >= b;", ["{}", "x = a > b;", "x = a < b;"]],
  ["a quantifier", "x = a.some(b);", ["{}", "x = a.every(b);"]],
  ["both sides of a condition", "x = a && b;", ["{}", "x = (a);", "x = (b);"]],
  ["a default", "x = a ?? b;", ["{}", "x = (a);", "x = (b);"]],
  ["a choice", "x = a ? b : c;", ["{}", "x = (b);", "x = (c);"]],
  ["a denial", "x = !a;", ["{}", "x = (a);"]],
  ["a guard", "if (a) throw b;", ["{}", "if (true) throw b;", "if (a) {}"]],
  [
    "an early return",
    "function f() { if (a) return; }",
    ["function f() { {} }", "function f() { if (true) return; }", "function f() { if (a) {} }"],
  ],
  ["entries of a list", "const x = [a, b, c];", ["const x = [b, c];", "const x = [a, c];", "const x = [a, b];"]],
  ["the only entry", "const x = [a];", ["const x = [];"]],
  ["keys of an object", "const x = { a, b: c };", ["const x = { b: c };", "const x = { a };"]],
  [
    "a truth and a number",
    "const x = [true, 1_000];",
    ["const x = [1_000];", "const x = [false, 1_000];", "const x = [true];", "const x = [true, 1001];"],
  ],
])("%s changes", async (_what, text, changes) => {
  expect((await changed(text)).sort()).toEqual(changes.sort());
});

test.each([
  ["a directive", '"use server";'],
  ["an import", 'import { a } from "b";'],
  ["a type", "type A = true | 1; interface B { c: false }"],
  ["what returns something", "function f() { return a; }"],
  ["a pattern that takes apart", "const [a, { b }] = c;"],
])("%s stays as it is", async (_what, text) => {
  expect(await changed(text)).toEqual([]);
});

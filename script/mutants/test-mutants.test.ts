import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Trial } from "./report";
import { testMutants } from "./test-mutants";

const discount = `export function discount(total: number, member: boolean): number {
  if (total > 100 && member) return 10;
  return 0;
}

export const countries: readonly string[] = ["DE", "FR"];
export const shop: { name: string } = { name: "Acme" };
`;
const files = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, module: "esnext", moduleResolution: "bundler", noEmit: true, types: [] },
    include: ["lib/*.ts"],
  }),
  ".gitignore": "node_modules\n",
  "vitest.config.ts": "export default {};\n",
  "lib/discount.ts": discount,
  "lib/discount.test.ts": `import { expect, test } from "vitest";
import { countries, discount } from "./discount";
test("members get a discount", () => {
  expect(discount(200, true)).toBe(10);
  expect(discount(50, true)).toBe(0);
  expect(countries).toContain("DE");
});
`,
  "lib/price.test.ts": `import { expect, test } from "vitest";
import { discount } from "./discount";
test("fails whatever is changed", () => expect(discount(50, true)).toBe(5));
`,
};

let root: string;
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "crossaccount-mutated-")));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  await symlink(resolve("node_modules"), join(root, "node_modules"));
  execFileSync("git", ["init", "-q"], { cwd: root });
});
afterAll(() => rm(root, { recursive: true, force: true }));

const copies = async () => (await readdir(tmpdir())).filter((name) => name.startsWith("crossaccount-mutants-"));

function run({ signal = new AbortController().signal, onTrial = (_trial: Trial) => {} } = {}) {
  const said: string[] = [];
  const options = { root, paths: ["lib"], seed: 1, count: 100, nearest: 5, slowest: 60, signal, onTrial };
  return testMutants({ ...options, say: (line) => said.push(line) }).then((report) => ({ report, said }));
}

test("what types and tests notice is told from what nothing notices, and the project stays as it was", async () => {
  const before = await copies();
  const { report, said } = await run();
  expect(report.survivors.map(({ after }) => after).sort()).toEqual(
    [
      'export const countries: readonly string[] = ["DE"];',
      "if (total > 101 && member) return 10;",
      "if (total >= 100 && member) return 10;",
      "if ((total > 100)) return 10;",
    ].sort(),
  );
  expect(report).toMatchObject({ seed: 1, possible: 12, tried: 12, noticed: 8, byTypes: 1, byTime: 0 });
  expect(report.survivors[0]).toMatchObject({ file: "lib/discount.ts", tests: ["lib/discount.test.ts"] });
  // A test that fails anyway notices nothing.
  expect(said).toContainEqual(
    expect.stringContaining("it fails without a change: lib/price.test.ts: fails whatever is changed"),
  );
  expect(await readFile(join(root, "lib/discount.ts"), "utf8")).toBe(discount);
  expect(await copies()).toEqual(before);
}, 180_000);

test("what was tried before it was interrupted is reported, and the copy is removed", async () => {
  const before = await copies();
  const interrupted = new AbortController();
  const { report } = await run({ signal: interrupted.signal, onTrial: () => interrupted.abort() });
  expect(report.tried).toBe(1);
  expect(await copies()).toEqual(before);
}, 180_000);

import { globSync, readFileSync } from "node:fs";
import { build } from "esbuild";
import { expect, test } from "vitest";

const table = "lib/crossaccount/actions/table.ts";

/** The files that a bundle of these entries reads, without packages. */
async function filesOf(entryPoints: string[]): Promise<string[]> {
  const { metafile } = await build({
    entryPoints,
    bundle: true,
    packages: "external",
    write: false,
    outdir: "unwritten",
    metafile: true,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  return Object.keys(metafile.inputs);
}

test("no browser gets the table of actions", async () => {
  const client = globSync("{app,components}/**/*.tsx").filter((file) =>
    /^["']use client["']/.test(readFileSync(file, "utf8")),
  );
  expect(client.length).toBeGreaterThan(20);
  const read = await filesOf(client);
  expect(read).not.toContain(table);
});

test("nor does what only assumes roles", async () => {
  const read = await filesOf(["lib/crossaccount/sessions/sessions.ts", "lib/crossaccount/status.ts"]);
  expect(read).toContain("lib/crossaccount/sessions/sessions.ts");
  expect(read).not.toContain(table);
});

test("what reads declarations does", async () => {
  expect(await filesOf(["lib/crossaccount/config/config.ts"])).toContain(table);
});

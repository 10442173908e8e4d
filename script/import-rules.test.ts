import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** One or more patterns of which one must match, or none. */
type Pattern = string | readonly string[] | undefined;
interface Side {
  path?: Pattern;
  pathNot?: Pattern;
}
interface Rule {
  name: string;
  from: Side;
  to: Side & { circular?: boolean };
}
type Import = readonly [from: string, to: string];

const configuration = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as { forbidden: readonly Rule[] };
const rules = configuration.forbidden;
const roomRules = rules.filter(({ name }) => name.startsWith("rooms:"));
const levels = ["", "lib/", "lib/crossaccount/", "sandbox/"] as const;

/** For each rule that is not about rooms, an import that it must refuse. */
const refused: Record<string, Import> = {
  "files-of-lib-below-features": ["lib/planted-file.ts", "lib/connections/planted.ts"],
  "ground-of-the-library": ["lib/crossaccount/types.ts", "lib/crossaccount/aws/planted.ts"],
  "faces-import-no-tests": ["lib/audits/planted.ts", "dev/testing/planted.ts"],
  "nobody-imports-commands": ["bench/planted.ts", "script/planted.ts"],
  "local-services-see-few-features": ["dev/local/planted.ts", "lib/connections/planted.ts"],
  "library-is-framework-free": ["lib/crossaccount/client/planted.ts", "node_modules/react/index.js"],
  "library-has-few-faces": ["lib/connections/planted.ts", "lib/crossaccount/client/planted.ts"],
  "components-see-shapes-only": ["components/ui/planted.ts", "lib/connections/planted.ts"],
  "guards-in-actions": ["lib/connections/planted.ts", "lib/auth/guards.ts"],
  "next-only-at-the-edge": ["lib/people/planted.ts", "node_modules/next/headers.js"],
  "aws-only-in-library": ["app/planted.ts", "node_modules/@aws-sdk/client-sts/dist-cjs/index.js"],
  "sandbox-apart": ["sandbox/iam/planted.ts", "lib/planted-file.ts"],
  "nothing-imports-the-sandbox": ["dev/local/planted.ts", "sandbox/iam/planted.ts"],
  "prisma-only-in-db": ["lib/audits/planted.ts", "node_modules/@prisma/adapter-pg/dist/index.js"],
  "sessions-in-utc": ["script/planted.ts", "node_modules/pg/lib/index.js"],
};

/** Folders without code of ours, and the library, whose own rooms are a level of their own. */
const withoutRule = ["node_modules", "docs", "public", "generated", "crossaccount"];

const levelOf = (rule: Rule) => levels.findLast((level) => rule.name.startsWith(`rooms:${level}`)) ?? "";
const roomOf = (rule: Rule) => rule.name.slice(`rooms:${levelOf(rule)}`.length);
const planted = (level: string, room: string) => `${level}${room}/planted.ts`;

function matches(pattern: Pattern, path: string): boolean {
  return [pattern ?? []].flat().some((one) => new RegExp(one).test(path));
}

/** Every import from one room of a level into another, with whether the tables allow it. */
const betweenRooms = roomRules.flatMap((rule) => {
  const level = levelOf(rule);
  const others = roomRules.filter((other) => levelOf(other) === level && roomOf(other) !== roomOf(rule));
  return others.map((other) => {
    const to = planted(level, roomOf(other));
    return { rule, from: planted(level, roomOf(rule)), to, allowed: matches(rule.to.pathNot, to) };
  });
});

let house: string;
let found: Set<string>;
const key = (name: string, from: string, to: string) => `${name}: ${from} → ${to}`;

beforeAll(async () => {
  house = await realpath(await mkdtemp(join(tmpdir(), "crossaccount-rules-")));
  await cp("tsconfig.json", join(house, "tsconfig.json"));
  await symlink(resolve("node_modules"), join(house, "node_modules"));
  const imports = new Map<string, Set<string>>();
  const plant = (from: string, to: string) => {
    imports.set(from, (imports.get(from) ?? new Set()).add(to));
    if (!to.startsWith("node_modules/")) imports.set(to, imports.get(to) ?? new Set());
  };
  for (const { from, to } of betweenRooms) plant(from, to);
  for (const [from, to] of Object.values(refused)) plant(from, to);
  for (const [from, targets] of imports) {
    const file = join(house, from);
    const lines = [...targets].map((to) => {
      const path = relative(dirname(file), join(house, to)).replace(/\.ts$/, "");
      return `import "./${path}";\n`;
    });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${lines.join("")}export const planted = true;\n`);
  }
  found = await violations();
});
afterAll(() => rm(house, { recursive: true, force: true }));

async function violations(): Promise<Set<string>> {
  const command = resolve("node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const options = ["--config", resolve(".dependency-cruiser.cjs"), "--output-type", "json"];
  const run = promisify(execFile)(process.execPath, [command, ...options, ...(await foldersIn(house))], {
    cwd: house,
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  const { summary } = JSON.parse(stdout) as {
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  return new Set(
    summary.violations.map(({ rule, from, to }) =>
      key(rule.name, from, to.replace(/^.*?node_modules\//, "node_modules/")),
    ),
  );
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
}

describe("rooms", () => {
  test.each(roomRules.map((rule) => [rule.name, rule] as const))(
    "%s imports those below it, and no other",
    (_name, rule) => {
      const own = betweenRooms.filter((one) => one.rule === rule);
      expect(own.length).toBeGreaterThan(5);
      const refusals = own.filter(({ from, to }) => found.has(key(rule.name, from, to)));
      expect(refusals.map(({ to }) => to)).toEqual(own.filter(({ allowed }) => !allowed).map(({ to }) => to));
    },
  );

  test.each(levels)("of %j never lead back to where they came from", (level) => {
    const below = new Map<string, string[]>();
    for (const { rule, to, allowed } of betweenRooms) {
      if (levelOf(rule) !== level || !allowed) continue;
      const room = planted(level, roomOf(rule));
      below.set(room, [...(below.get(room) ?? []), to]);
    }
    const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
      (below.get(from) ?? []).some((next) => {
        if (next === goal) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, goal, seen);
      });
    expect(below.size).toBeGreaterThan(5);
    expect([...below.keys()].filter((room) => reaches(room, room))).toEqual([]);
  });

  test.each(levels)("of %j all have a rule", async (level) => {
    const ruled = roomRules.filter((rule) => levelOf(rule) === level).map((rule) => roomOf(rule).split("/")[0]);
    const unruled = (await foldersIn(level || ".")).filter((name) => ![...ruled, ...withoutRule].includes(name));
    expect(unruled).toEqual([]);
  });
});

describe("other rules", () => {
  const named = rules
    .filter(({ name }) => name !== "no-circular" && !name.startsWith("rooms:"))
    .map(({ name }) => name);

  test("each has an import here that it must refuse", () => {
    expect(Object.keys(refused).toSorted()).toEqual(named.toSorted());
  });

  test.each(named)("%s refuses it", (name) => {
    const [from = "", to = ""] = refused[name] ?? [];
    expect(
      [...found].filter((one) => one.startsWith(`${name}: ${from} → ${to.split("/").slice(0, 2).join("/")}`)),
    ).not.toEqual([]);
  });
});

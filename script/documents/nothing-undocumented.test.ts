import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { permissionSchema } from "@/lib/crossaccount/config/permission-schema";
import { brandingSchema, configInputSchema } from "@/lib/crossaccount/config/schema";
import { routes } from "@/sandbox/control/routes";
import { madeParts, withMade } from "./made-parts";

/** What of these names a document does not mention as code. */
async function missing(document: string, names: readonly string[]): Promise<string[]> {
  const text = await readFile(document, "utf8");
  return names.filter((name) => !text.includes(`\`${name}\``));
}

test("every environment variable is described", async () => {
  const source = await readFile("lib/env.ts", "utf8");
  const names = [...source.matchAll(/^ {4}([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
  expect(names).toContain("DATABASE_URL");
  expect(await missing("docs/configuration.md", names)).toEqual([]);
});

test("every setting of the config file is described", async () => {
  const { audits, ...others } = configInputSchema.shape;
  const schemas = [others, audits.unwrap().shape, permissionSchema.shape, brandingSchema.shape];
  const names = schemas.flatMap((shape) => Object.keys(shape));
  expect(await missing("docs/configuration.md", names)).toEqual([]);
});

test("every command of package.json is described", async () => {
  const { scripts } = JSON.parse(await readFile("package.json", "utf8")) as { scripts: Record<string, string> };
  expect(await missing("CONTRIBUTING.md", Object.keys(scripts))).toEqual([]);
});

test("every control route of the sandbox is described", async () => {
  expect(await missing("docs/sandbox.md", Object.keys(routes))).toEqual([]);
});

test.each(Object.entries(madeParts))("%s has what the code has; `npm run docs` writes it", async (path, made) => {
  const document = await readFile(path, "utf8");
  expect(withMade(document, made())).toBe(document);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describedMethods, openApiText } from "./open-api";
import { portalApiText } from "./portal-client";

test("docs/openapi.json is what the routes are; `npm run openapi` writes it", async () => {
  expect(readFileSync("docs/openapi.json", "utf8")).toBe(await openApiText());
}, 120_000);

test("the typed client has what the document has; `npm run openapi` writes it", () => {
  const document = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  expect(readFileSync("lib/crossaccount/portal/api.ts", "utf8")).toBe(portalApiText(document));
}, 120_000);

test("docs/api.md has a row for every method of every route, with its scope", async () => {
  const text = readFileSync("docs/api.md", "utf8");
  const methods = await describedMethods();
  expect(methods.length).toBeGreaterThan(10);
  for (const { path, method, described } of methods) {
    const address = path.replace("/api/v1/", "").replaceAll(/\[(\w+)\]/g, "{$1}");
    expect(text).toContain(`| \`${method} ${address}\` | \`${described.scope}\` |`);
  }
}, 120_000);

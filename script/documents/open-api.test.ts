import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { z } from "zod";
import { describedMethods, openApiText } from "./open-api";
import { portalApiText } from "./portal-client";

test("docs/openapi.json is what the routes are; `npm run openapi` writes it", async () => {
  expect(readFileSync("docs/openapi.json", "utf8")).toBe(await openApiText());
}, 120_000);

test("the typed client has what the document has; `npm run openapi` writes it", () => {
  const document = JSON.parse(readFileSync("docs/openapi.json", "utf8"));
  expect(readFileSync("lib/crossaccount/portal/api.ts", "utf8")).toBe(portalApiText(document));
}, 120_000);

test("every operation shows what is sent and answered, and by which codes it fails with each status", async () => {
  const { examples } = await import("@/lib/api/examples");
  const shapes: Record<string, unknown> = await import("@/lib/api/shapes");
  const exampleOf = (shape: z.ZodType) => {
    const [name = ""] = Object.entries(shapes).find(([, known]) => known === shape) ?? [];
    return [name, (examples as Record<string, unknown>)[name]] as const;
  };
  const said = JSON.parse(await openApiText());
  for (const { path, method, described } of await describedMethods()) {
    const operation = said.paths[path.replaceAll(/\[(\w+)\]/g, "{$1}")][method.toLowerCase()];
    const content = "application/json";
    for (const [shape, told] of [
      [described.body, operation.requestBody?.content[content]],
      [described.answer, operation.responses[described.status].content?.[content]],
    ] as const) {
      if (!shape) continue;
      const [name, example] = exampleOf(shape);
      expect(shape.safeParse(example).error?.issues, name).toBeUndefined();
      expect(told.example, name).toEqual(example);
    }
    const failures = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
    expect(failures).toEqual(expect.arrayContaining(["400", "401", "403", "404", "429", "500", "503"]));
    for (const status of failures) {
      const { $ref } = operation.responses[status];
      const response = said.components.responses[$ref.split("/").at(-1)];
      const { schema, example } = response.content["application/problem+json"];
      expect(schema.allOf[1].properties.code.enum, status).toContain(example.code);
      expect(example.status, status).toBe(Number(status));
    }
  }
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

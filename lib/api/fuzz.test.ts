import { resolve } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { prepareSandbox } from "@/dev/local/prepare-sandbox";
import { newApiKey } from "@/dev/testing/api-keys";
import { member, newConnection } from "@/dev/testing/fixtures";
import document from "@/docs/openapi.json";
import { config } from "@/lib/config";
import { seeds } from "@/lib/crossaccount/testing/seeds";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { Handler } from "./endpoint";

// What would go on after an answer is not asked for here.
vi.mock("next/server", () => ({ after: () => undefined }));

interface Operation {
  parameters: { name: string; in: string; schema: object }[];
  requestBody?: { content: { "application/json": { schema: { $ref: string } } } };
  responses: Record<string, unknown>;
}

const operations = Object.entries(document.paths).flatMap(([address, methods]) =>
  Object.entries(methods).map(([method, described]) => {
    const operation: Operation = described;
    return [`${method.toUpperCase()} ${address}`, { address, method: method.toUpperCase(), operation }] as const;
  }),
);
const shapes: Record<string, object> = document.components.schemas;
/** The codes that the document says of a status. */
const problems: Record<string, { content: { "application/problem+json": { schema: { allOf: object[] } } } }> =
  document.components.responses;
function codesOf(status: number): string[] {
  const [, narrowed] = problems[`Problem${status}`]?.content["application/problem+json"].schema.allOf ?? [];
  return Object(narrowed).properties.code.enum;
}

let key: string;
let real: string[];
beforeAll(async () => {
  await prepareSandbox(process.env, config);
  await crossAccount.publishTemplate(config.defaultRegion);
  const owner = await member();
  const { id } = await newConnection(owner);
  ({ key } = await newApiKey());
  const role = `arn:aws:iam::750000000001:role/${config.serviceName}/any`;
  real = [id, owner.customer.reference, role, "us-east-1", "2026-01-01T00:00:00Z", "0000-01-01T00:00:00Z"];
});

const odd = () =>
  fc.oneof(
    fc.constantFrom(...real, "", "\0", "\ud800", "%", "../", "1e999", "'", "-1", "0", "٣"),
    fc.string({ unit: "binary", maxLength: 40 }),
  );
const valueFor = (schema: { enum?: unknown[] }) =>
  fc.oneof(odd(), ...(schema.enum ? [fc.constantFrom(...schema.enum)] : []), fc.jsonValue({ maxDepth: 2 }));

/** Objects with the fields of a shape, some of them missing, some odd, now and then one too many, and what is no object at all. */
function bodyFor({ $ref }: { $ref: string }) {
  const shape: { properties?: Record<string, { enum?: unknown[] }> } = shapes[$ref.split("/").at(-1) ?? ""] ?? {};
  const values = Object.entries(shape.properties ?? {}).map(([name, schema]) => [name, valueFor(schema)] as const);
  const object = fc.record(Object.fromEntries(values), { requiredKeys: [] });
  return fc.oneof({ weight: 8, arbitrary: object }, fc.jsonValue({ maxDepth: 3 })).map((body) => JSON.stringify(body));
}

function requestsFor({ parameters, requestBody }: Operation) {
  const valuesOf = (where: string) =>
    Object.fromEntries(parameters.filter((one) => one.in === where).map(({ name }) => [name, odd()]));
  return fc.record({
    params: fc.record(valuesOf("path")),
    query: fc.record(valuesOf("query"), { requiredKeys: [] }),
    body: requestBody
      ? fc.oneof({ weight: 9, arbitrary: bodyFor(requestBody.content["application/json"].schema) }, fc.string())
      : fc.constant(undefined),
  });
}

describe.each(operations)("%s", (_name, { address, method, operation }) => {
  test.each(seeds(20_261_126))(
    "answers whatever is sent to it by a status of the document, and by none of ours (seed %i)",
    async (seed) => {
      const path = `app${address.replaceAll(/\{(\w+)\}/g, "[$1]")}/route.ts`;
      const handler: Handler = (await import(/* @vite-ignore */ resolve(path)))[method];
      const known = Object.keys(operation.responses).filter((status) => Number(status) < 500);
      await fc.assert(
        fc.asyncProperty(requestsFor(operation), async ({ params, query, body }) => {
          const url = new URL(`http://localhost:3000${address.replaceAll(/[{}]/g, "")}`);
          for (const [name, value] of Object.entries(query))
            if (value !== undefined) url.searchParams.append(name, value);
          const request = new Request(url, {
            method,
            headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
            ...(body !== undefined && { body }),
          });
          const response = await handler(request, { params: Promise.resolve(params) });
          const text = await response.text();
          expect(known, text).toContain(String(response.status));
          if (response.status >= 400) expect(codesOf(response.status)).toContain(JSON.parse(text).code);
        }),
        { seed, numRuns: 60 },
      );
    },
  );
});

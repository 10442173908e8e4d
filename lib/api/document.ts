import { z } from "zod";
import { apiScopes } from "@/lib/api-keys/scopes";
import type { Described } from "./endpoint";
import { problem } from "./problem-shape";
import * as shapes from "./shapes";

export interface DescribedMethod {
  /** Of the route file's folder, such as `/api/v1/connections/[id]`. */
  path: string;
  method: string;
  described: Described;
}

type Json = Record<string, unknown>;

const title = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const ofJson = (schema: Json) => ({ "application/json": { schema } });

/** Every shape that has a name, by that name. */
const named = new Map(
  Object.entries<unknown>({ ...shapes, problem })
    .filter((entry): entry is [string, z.ZodType] => entry[1] instanceof z.ZodType)
    .map(([name, shape]) => [shape, title(name)]),
);

/** OpenAPI 3.1 of the API, from the definitions that answer its requests. */
export function openApiDocument(routes: readonly DescribedMethod[]): Json {
  const paths: Record<string, Json> = {};
  for (const { path, method, described } of routes) {
    const address = path.replaceAll(/\[(\w+)\]/g, "{$1}");
    paths[address] = { ...paths[address], [method.toLowerCase()]: operation(address, method, described) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "crossaccount",
      version: "1",
      description: "Connects customers' AWS accounts through verified cross-account roles.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "An API key, ck_…" } },
      headers,
      responses: { Problem: { description: "Why it failed.", headers: told, content: problemContent } },
      schemas: schemas(routes),
    },
  };
}

const headers = {
  RequestId: { description: "The request's ID, for questions about it", schema: { type: "string", format: "uuid" } },
  RateLimitPolicy: { description: "How many requests in how many seconds", schema: { type: "string" } },
  RateLimit: { description: "How many are left, and in how many seconds all are back", schema: { type: "string" } },
};
const told = {
  "X-Request-Id": { $ref: "#/components/headers/RequestId" },
  "RateLimit-Policy": { $ref: "#/components/headers/RateLimitPolicy" },
  RateLimit: { $ref: "#/components/headers/RateLimit" },
};
const problemContent = { "application/problem+json": { schema: ref("Problem") } };
const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  description: "Of the sender's choice, for each thing that is to be done once",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
};

function operation(address: string, method: string, described: Described): Json {
  const { summary, scope, params, query, body, status, answer, writes, located } = described;
  const failures = [400, 401, 403, 404, 429, 500, 503, ...(writes ? [409] : []), ...(body ? [413, 415] : [])];
  const location = { description: "Where to read it", schema: { type: "string" } };
  return {
    operationId: operationId(address, method),
    summary,
    security: [{ key: [scope] }],
    description: `Needs the scope \`${scope}\`. ${apiScopes[scope]}`,
    parameters: [...parameters(params, "path"), ...parameters(query, "query"), ...(writes ? [idempotencyKey] : [])],
    ...(body && { requestBody: { required: true, content: ofJson(ref(nameOf(body))) } }),
    responses: {
      [status]: {
        description: answer ? (answer.description ?? "It is as it was asked for.") : "It is gone.",
        headers: { ...told, ...(located && { Location: location }) },
        ...(answer && { content: ofJson(ref(nameOf(answer))) }),
      },
      ...Object.fromEntries(failures.map((failure) => [failure, { $ref: "#/components/responses/Problem" }])),
    },
  };
}

/** `GET /api/v1/connections/{id}/links` is `getConnectionsIdLinks`. */
function operationId(address: string, method: string): string {
  const words = address.replace("/api/v1/", "").match(/[a-z]+/gi) ?? [];
  return method.toLowerCase() + words.map(title).join("");
}

function parameters(shape: z.ZodType, where: "path" | "query"): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(shape, { io: "input" });
  return Object.entries(properties).map(([name, given]) => {
    const { description, ...schema } = Object(given) as Json;
    return { name, in: where, required: where === "path" || required.includes(name), description, schema };
  });
}

/** Those that requests and answers have, and those within them. */
function schemas(routes: readonly DescribedMethod[]): Json {
  const registry = z.registry<{ id: string }>();
  for (const [shape, id] of named)
    if (shape instanceof z.ZodObject || shape instanceof z.ZodRecord) registry.add(shape, { id });
  const made = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/components/schemas/${id}` }).schemas;
  const taken = new Set<string>();
  const take = (name: string) => {
    if (taken.has(name)) return;
    taken.add(name);
    for (const [, inner = ""] of JSON.stringify(made[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g)) take(inner);
  };
  for (const shape of [problem, ...routes.flatMap(({ described: { body, answer } }) => [body, answer])])
    if (shape) take(nameOf(shape));
  return Object.fromEntries(
    [...taken].sort().map((name) => {
      const { $schema: _schema, $id: _id, ...schema } = Object(made[name]) as Json;
      return [name, schema];
    }),
  );
}

function nameOf(shape: z.ZodType): string {
  const name = named.get(shape);
  if (name) return name;
  throw new Error("What the API takes and answers has its shape in lib/api/shapes.ts.");
}

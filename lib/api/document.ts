import { z } from "zod";
import { apiScopes } from "@/lib/api-keys/scopes";
import { issuingScope } from "@/lib/api-keys/state";
import { appErrors, type ErrorCode } from "@/lib/errors";
import type { Described } from "./endpoint";
import { examples } from "./examples";
import { titles } from "./problem";
import { problemCodes } from "./problem-codes";
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
const ofJson = (shape: z.ZodType) => ({
  "application/json": { schema: ref(nameOf(shape)), example: exampleOf(shape) },
});

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
      responses: Object.fromEntries(problemStatuses.map((status) => [`Problem${status}`, problemResponse(status)])),
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
const problemStatuses = [400, 401, 403, 404, 409, 413, 415, 429, 500, 503];

/** What fails with a status, and by which codes. */
function problemResponse(status: number): Json {
  const codes = problemCodes(status);
  const [code = ""] = codes;
  const schema = { allOf: [ref("Problem"), { properties: { code: { enum: codes } } }] };
  const example = {
    ...{ type: "about:blank", title: titles[status], status, code, detail: appErrors[code as ErrorCode].meaning },
    ...{ request_id: "6f0c1d5e-4a63-4a8e-9a55-0d6d3e0f4b8a", try_again: appErrors[code as ErrorCode].tryAgain },
  };
  return {
    description: `${titles[status]}: ${codes.map((one) => `\`${one}\``).join(", ")}.`,
    headers: told,
    content: { "application/problem+json": { schema, example } },
  };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  description: "Of the sender's choice, for each thing that is to be done once",
  schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
};

function operation(address: string, method: string, described: Described): Json {
  const { summary, scope, params, query, body, status, answer, writes, located, mayPend } = described;
  const mayConflict = writes || scope === "connections:assume" || scope === issuingScope;
  const failures = [400, 401, 403, 404, 429, 500, 503, ...(mayConflict ? [409] : []), ...(body ? [413, 415] : [])];
  const location = { description: "Where to read it", schema: { type: "string" } };
  const answered = {
    description: answer ? (answer.description ?? "It is as it was asked for.") : "It is gone.",
    headers: { ...told, ...(located && { Location: location }) },
    ...(answer && { content: ofJson(answer) }),
  };
  return {
    operationId: operationId(address, method),
    summary,
    security: [{ key: [scope] }],
    description: `Needs the scope \`${scope}\`. ${apiScopes[scope]}`,
    parameters: [...parameters(params, "path"), ...parameters(query, "query"), ...(writes ? [idempotencyKey] : [])],
    ...(body && { requestBody: { required: true, content: ofJson(body) } }),
    responses: {
      [status]: answered,
      ...(mayPend && { 202: { ...answered, description: "It goes on: poll the address in Location." } }),
      ...Object.fromEntries(failures.map((failure) => [failure, { $ref: `#/components/responses/Problem${failure}` }])),
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

/** @throws where there is none, so that every operation has them */
function exampleOf(shape: z.ZodType): unknown {
  const [name] = Object.entries<unknown>(shapes).find(([, known]) => known === shape) ?? [];
  const example = examples[name as keyof typeof examples];
  if (example !== undefined) return example;
  throw new Error(`What ${name} looks like is to be said in lib/api/examples.ts.`);
}

function nameOf(shape: z.ZodType): string {
  const name = named.get(shape);
  if (name) return name;
  throw new Error("What the API takes and answers has its shape in lib/api/shapes.ts.");
}

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { OpenApiDocument, Schema } from "@/lib/api-reference/document";
import { referredTo, resolved } from "@/lib/api-reference/document";
import { type ApiOperation, apiOperations, operationsByRoom } from "@/lib/api-reference/operations";

/** `lib/crossaccount/portal/api.ts`: the shapes of the API as types, and a method for each operation of the document. */
export function portalApiText(document: OpenApiDocument): string {
  const operations = apiOperations(document);
  const rooms = operationsByRoom(operations);
  const ofRooms = (made: (operation: ApiOperation) => string, end: string) =>
    rooms.map(([room, ofRoom]) => `${room}: {\n${ofRoom.map(made).join("\n")}\n}${end}`).join("\n");
  const shapes = Object.entries(document.components.schemas);
  const methods = ofRooms((one) => implementation(document, one), ",");
  const ways = ["get", "pages", "write", "send"].filter((way) => methods.includes(`=> ${way}(`));
  const text = [
    "// Made from docs/openapi.json by `npm run openapi`.",
    'import type { CallOptions, Pages, Transport, WriteOptions } from "./types";',
    ...shapes.map(([name, schema]) => `${comment(schema.description)}export ${declared(name, schema)}`),
    ...operations
      .filter((operation) => askedBy(operation).length > 0)
      .map((operation) => `export interface ${queryName(operation)} ${queryType(operation)}`),
    `/** What the API can do, by what it is about. */
export interface PortalApi {\n${ofRooms((one) => signature(document, one), ";")}\n}`,
    `export function portalApi({ ${ways.join(", ")} }: Transport): PortalApi {
return {\n${methods}\n};\n}`,
  ].join("\n\n");
  return formatted(text);
}

/** As the formatter of this repository writes it. */
function formatted(text: string): string {
  const biome = fileURLToPath(import.meta.resolve("@biomejs/biome/bin/biome"));
  return execFileSync(
    process.execPath,
    [biome, "check", "--write", "--stdin-file-path=lib/crossaccount/portal/api.ts"],
    { input: text, encoding: "utf8" },
  );
}

const comment = (text: string | undefined) => (text ? `/** ${text.replaceAll("*/", "*\\/")} */\n` : "");
const quoted = (name: string) => (/^[a-z_]\w*$/i.test(name) ? name : JSON.stringify(name));

function declared(name: string, schema: Schema): string {
  return schema.properties ? `interface ${name} ${typeOf(schema)}` : `type ${name} = ${typeOf(schema)};`;
}

/** @throws for what no type says, so that none is wrong in silence */
function typeOf(schema: Schema): string {
  const name = referredTo(schema);
  if (name) return name;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices);
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => typeOf({ ...schema, type })).join(" | ");
  switch (schema.type) {
    case "integer":
    case "number":
      return "number";
    case "string":
    case "boolean":
    case "null":
      return schema.type;
    case "array":
      return `(${schema.items ? typeOf(schema.items) : "unknown"})[]`;
    case "object":
      return objectType(schema);
    case undefined:
      return "unknown";
    default:
      throw new Error(`No type is known for ${JSON.stringify(schema)}`);
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  if (!properties)
    return `Record<string, ${typeof additionalProperties === "object" ? typeOf(additionalProperties) : "unknown"}>`;
  return `{\n${Object.entries(properties)
    .map(
      ([name, schema]) =>
        `${comment(schema.description)}${quoted(name)}${required.includes(name) ? "" : "?"}: ${typeOf(schema)};`,
    )
    .join("\n")}\n}`;
}

/** Beside known texts any other is written so that editors still offer the known ones. */
function union(choices: readonly Schema[]): string {
  const hasKnown = choices.some((choice) => choice.enum);
  const types = choices.map((choice) =>
    hasKnown && choice.type === "string" && !choice.enum ? "(string & {})" : typeOf(choice),
  );
  return [...new Set(types)].join(" | ");
}

const queryName = ({ room, name }: ApiOperation) => `${pascal(room)}${pascal(name)}Query`;
const pascal = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What a list is asked by, without what leads from page to page: the client does that. */
function askedBy({ query, next }: ApiOperation) {
  return query.filter(({ name }) => next === null || !["cursor", "before"].includes(name));
}

function queryType(operation: ApiOperation): string {
  const asked = askedBy(operation);
  return objectType({
    properties: Object.fromEntries(
      asked.map(({ name, description, schema }) => [name, { ...schema, ...(description && { description }) }]),
    ),
    required: asked.filter(({ required }) => required).map(({ name }) => name),
  });
}

const hasOptionalBody = (document: OpenApiDocument, body: Schema) => !resolved(document, body).required?.length;

function signature(document: OpenApiDocument, operation: ApiOperation): string {
  const { name, summary, scope, ids, body, answer, next, repeatable } = operation;
  const asked = askedBy(operation);
  const mark = (isOptional: boolean) => (isOptional ? "?" : "");
  const parameters = [
    ...ids.map((id) => `${id.name}: string`),
    ...(body ? [`body${mark(hasOptionalBody(document, body))}: ${typeOf(body)}`] : []),
    ...(asked.length > 0 ? [`query${mark(asked.every(({ required }) => !required))}: ${queryName(operation)}`] : []),
    `options?: ${repeatable ? "WriteOptions" : "CallOptions"}`,
  ];
  const answered = answer ? typeOf(answer) : "void";
  const given = next ? `Pages<${answered}>` : `Promise<${answered}>`;
  const about = comment(`${summary}${scope ? ` Scope: \`${scope}\`.` : ""}`);
  return `${about}${name}(${parameters.join(", ")}): ${given};`;
}

function implementation(document: OpenApiDocument, operation: ApiOperation): string {
  const { name, method, path, ids, body, next, repeatable } = operation;
  const hasQuery = askedBy(operation).length > 0;
  const parts = path.replace("/api/v1/", "").split("/");
  const where = `[${parts.map((part) => (part.startsWith("{") ? part.slice(1, -1) : JSON.stringify(part))).join(", ")}]`;
  const given = [...ids.map((id) => id.name), ...(body ? ["body"] : []), ...(hasQuery ? ["query"] : []), "options"];
  const asked = hasQuery ? "{ ...query }" : "{}";
  const sent = body ? (hasOptionalBody(document, body) ? "body ?? {}" : "body") : "undefined";
  const call = next
    ? `pages(${where}, ${asked}, "${next}", options)`
    : method === "GET"
      ? `get(${where}, ${asked}, options)`
      : `${repeatable ? "write" : "send"}("${method}", ${where}, ${sent}, options${hasQuery && repeatable ? `, ${asked}` : ""})`;
  return `${name}: (${given.join(", ")}) => ${call},`;
}

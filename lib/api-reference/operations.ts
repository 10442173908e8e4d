import { type OpenApiDocument, type OpenApiOperation, type Parameter, resolved, type Schema } from "./document";

/** One method of one route, as it is called and shown. */
export interface ApiOperation {
  /** Of what: `connections`. */
  room: string;
  /** What is done: `createLink`. With the room, how the typed client calls it. */
  name: string;
  method: string;
  /** `/api/v1/connections/{id}/links` */
  path: string;
  summary: string;
  scope: string | null;
  ids: readonly Parameter[];
  query: readonly Parameter[];
  body: Schema | null;
  /** Of the body, as the document gives it. */
  example: unknown;
  status: string;
  /** Null where there is nothing to answer. */
  answer: Schema | null;
  answerWords: string;
  failures: readonly string[];
  /** Whether it accepts an Idempotency-Key, so that it may be sent again. */
  repeatable: boolean;
  /** The field of a page that leads to the next one; null for what is no list of pages. */
  next: "next_cursor" | "older_before" | null;
}

const methodOrder = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Every operation of the REST API, those of one room together, what is higher in the path first. The document's few others are those of a
 * small web service, at addresses of its own.
 */
export function apiOperations(document: OpenApiDocument): ApiOperation[] {
  const ofApi = Object.entries(document.paths).filter(([path]) => path.startsWith("/api/v1/"));
  const all = ofApi.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(document, path, method, described)),
  );
  return all.toSorted(
    (one, other) =>
      one.room.localeCompare(other.room) ||
      one.path.localeCompare(other.path) ||
      methodOrder.indexOf(one.method) - methodOrder.indexOf(other.method),
  );
}

/** Rooms with their operations, in the order of these. */
export function operationsByRoom(operations: readonly ApiOperation[]): [string, ApiOperation[]][] {
  const rooms = new Set(operations.map(({ room }) => room));
  return [...rooms].map((room) => [room, operations.filter((operation) => operation.room === room)]);
}

function operationOf(
  document: OpenApiDocument,
  path: string,
  method: string,
  described: OpenApiOperation,
): ApiOperation {
  const { summary, security = [], parameters = [], requestBody, responses } = described;
  const [status = "", answered = {}] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? [];
  const answer = answered.content?.["application/json"]?.schema ?? null;
  const fields = answer ? (resolved(document, answer).properties ?? {}) : {};
  const named = nameOf(path, method.toUpperCase(), {
    isList: fields.data?.type === "array",
    hasOthers: Object.keys(document.paths[path] ?? {}).length > 1,
  });
  return {
    ...named,
    ...{ method: method.toUpperCase(), path, summary, scope: security[0]?.key?.[0] ?? null },
    ids: parameters.filter((parameter) => parameter.in === "path"),
    query: parameters.filter((parameter) => parameter.in === "query"),
    body: requestBody?.content["application/json"]?.schema ?? null,
    example: requestBody?.content["application/json"]?.example,
    ...{ status, answer, answerWords: answered.description ?? "" },
    failures: Object.keys(responses).filter((code) => !code.startsWith("2")),
    repeatable: parameters.some(({ name }) => name === "Idempotency-Key"),
    next: "next_cursor" in fields ? "next_cursor" : "older_before" in fields ? "older_before" : null,
  };
}

/** `POST /api/v1/connections/{id}/links` is `connections.createLink`, and `POST …/pause` is `connections.pause`. */
function nameOf(
  path: string,
  method: string,
  is: { isList: boolean; hasOthers: boolean },
): { room: string; name: string } {
  const [room = "", ...parts] = path.replace("/api/v1/", "").split("/");
  const isOne = parts.at(-1)?.startsWith("{") ?? false;
  const what = parts
    .filter((part) => !part.startsWith("{"))
    .map(pascal)
    .join("");
  const one = what.endsWith("Credentials") ? what : what.replace(/s$/, "");
  const isDeed = method === "POST" && what !== "" && one === what && !is.hasOthers && !what.endsWith("Credentials");
  if (isDeed) return { room: camel(room), name: lower(what) };
  if (method === "GET") return { room: camel(room), name: is.isList ? `list${what}` : `get${isOne ? one : what}` };
  return { room: camel(room), name: `${verbs[method]}${one}` };
}

const verbs: Record<string, string> = { POST: "create", PUT: "set", PATCH: "update", DELETE: "delete" };
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
const pascal = (text: string) =>
  text
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
const camel = (text: string) => lower(pascal(text));

import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type ApiKeyRow, authenticate, noteUse } from "@/lib/api-keys/authenticate";
import { requireBounded, requireNetwork } from "@/lib/api-keys/bounds";
import type { ApiScope } from "@/lib/api-keys/scopes";
import { issuingScope } from "@/lib/api-keys/state";
import { databaseTime } from "@/lib/database-time";
import { AppError } from "@/lib/errors";
import { logFailure } from "@/lib/log-failure";
import { once } from "./idempotency";
import { failureOf } from "./problem";
import { bodyTextOf, parseInput, queryOf, readJson } from "./read-input";
import { takeRequest } from "./request-limit";
import { noteRequest, type SeenRequest, seeRequest } from "./request-log";

type Shape = z.ZodType;

export interface Input<Params extends Shape, Query extends Shape, Body extends Shape> {
  params: z.output<Params>;
  query: z.output<Query>;
  body: z.output<Body>;
}

/** Says for whom a key may act with this input; throws an AppError for everyone else's. */
export type KeyGuard<Input, Access> = (key: ApiKeyRow, input: Input) => Access | Promise<Access>;

/** What a method takes and answers, as the document tells it. */
export interface Described {
  summary: string;
  scope: ApiScope;
  params: Shape;
  query: Shape;
  /** Null where the method takes no body. */
  body: Shape | null;
  status: 200 | 201 | 202 | 204;
  /** Null for 204. */
  answer: Shape | null;
  /** Whether it accepts an Idempotency-Key. */
  writes: boolean;
  /** Whether the answer names the address of what was made, or of what to poll. */
  located: boolean;
  /** Whether it may go on after the answer, which is 202 then. */
  mayPend: boolean;
}

/** Where an address has no variable part, Next gives no parameters at all. */
export type Handler = (
  request: Request,
  context: { params: Promise<Record<string, string> | undefined> },
) => Promise<Response>;

/** A method of a route, and what the document says of it. */
export interface Endpoint {
  described: Described;
  handle: Handler;
}

interface Asked<Params extends Shape, Query extends Shape, Body extends Shape, Access> {
  summary: string;
  scope: ApiScope;
  params?: Params;
  query?: Query;
  body?: Body;
  guard: KeyGuard<Input<Params, Query, Body>, Access>;
}

type Nothing = z.ZodObject<Record<never, never>, z.core.$strict>;
type NoBody = z.ZodUndefined;
const nothing: Nothing = z.strictObject({});
const atOnce = { located: false, mayPend: false };

/** A method that only reads. */
export function read<Access, Answer extends Shape, Params extends Shape = Nothing, Query extends Shape = Nothing>(
  definition: Omit<Asked<Params, Query, NoBody, Access>, "body"> & {
    answer: Answer;
    run: (input: Input<Params, Query, NoBody>, access: Access) => z.input<Answer> | Promise<z.input<Answer>>;
  },
): Endpoint {
  const { summary, scope, params = nothing, query = nothing, answer, guard, run } = definition;
  const described = { summary, scope, params, query, body: null, status: 200, answer } as const;
  return endpoint({ ...described, writes: false, ...atOnce }, async (key, { input }) => {
    const given = input as Input<Params, Query, NoBody>;
    const shown = answer.parse(await run(given, await guard(key, given)));
    return Response.json(shown);
  });
}

interface Written {
  /** Of what was made or changed: all that an idempotency key keeps. */
  id: string;
}

/**
 * A method that changes something. `run` does it and says of what; `show` answers from that alone, so that a request which is sent
 * again with its idempotency key is answered as the first was, but for what only `run` knows.
 */
export function write<
  Access,
  Done extends Written,
  Answer extends Shape,
  Params extends Shape = Nothing,
  Body extends Shape = NoBody,
>(
  definition: Omit<Asked<Params, Nothing, Body, Access>, "query"> & {
    status: 200 | 201 | 202;
    answer: Answer;
    /** `requestId` is a UUID, the same for each request with the same idempotency key. */
    run: (input: Input<Params, Nothing, Body>, access: Access, requestId: string) => Promise<Done>;
    show: (
      done: Done | Written,
      input: Input<Params, Nothing, Body>,
      access: Access,
    ) => z.input<Answer> | Promise<z.input<Answer>>;
    /** Path of what was made, or of what to poll. */
    location?: (done: Written) => string;
    /** Whether what was begun goes on after this answer, for which it is 202. */
    pending?: (shown: z.output<Answer>) => boolean;
  },
): Endpoint {
  const { summary, scope, params = nothing, body, status, answer, guard, run, show, location, pending } = definition;
  const described = { summary, scope, params, query: nothing, body: body ?? null, status, answer, writes: true };
  const extent = { located: location !== undefined, mayPend: pending !== undefined };
  return endpoint({ ...described, ...extent }, async (key, { input, doOnce }) => {
    const given = input as Input<Params, Nothing, Body>;
    const access = await guard(key, given);
    const done = await doOnce((requestId) => run(given, access, requestId));
    const shown = answer.parse(await show(done, given, access));
    const headers = new Headers(location && { location: location(done) });
    return Response.json(shown, { status: pending?.(shown) ? 202 : status, headers });
  });
}

/**
 * A method that gives away what is kept nowhere, so that who asks twice is given it twice, and nothing is answered again by an
 * idempotency key.
 */
export function issue<Access, Answer extends Shape, Body extends Shape, Params extends Shape = Nothing>(
  definition: Omit<Asked<Params, Nothing, Body, Access>, "query"> & {
    body: Body;
    answer: Answer;
    run: (input: Input<Params, Nothing, Body>, access: Access) => Promise<z.input<Answer>>;
  },
): Endpoint {
  const { summary, scope, params = nothing, body, answer, guard, run } = definition;
  const described = { summary, scope, params, query: nothing, body, status: 200, answer } as const;
  return endpoint({ ...described, writes: false, ...atOnce }, async (key, { input, refuseIdempotencyKey }) => {
    refuseIdempotencyKey();
    const given = input as Input<Params, Nothing, Body>;
    return Response.json(answer.parse(await run(given, await guard(key, given))));
  });
}

/** A method that removes something, and answers with nothing. */
export function remove<Access, Params extends Shape, Query extends Shape = Nothing>(
  definition: Omit<Asked<Params, Query, NoBody, Access>, "body"> & {
    params: Params;
    run: (input: Input<Params, Query, NoBody>, access: Access) => Promise<void>;
    /** Names what is removed. */
    id: (input: Input<Params, Query, NoBody>) => string;
  },
): Endpoint {
  const { summary, scope, params, query = nothing, guard, run, id } = definition;
  const described = { summary, scope, params, query, body: null, status: 204, answer: null } as const;
  return endpoint({ ...described, writes: true, ...atOnce }, async (key, { input, doOnce }) => {
    const given = input as Input<Params, Query, NoBody>;
    // The access comes first, so that someone else's is not found; sent again, there is nothing left to find.
    await doOnce(async () => {
      await run(given, await guard(key, given));
      return { id: id(given) };
    });
    return new Response(null, { status: 204 });
  });
}

interface Call {
  input: Input<Shape, Shape, Shape>;
  doOnce: <Done extends Written>(act: (requestId: string) => Promise<Done>) => Promise<Done | Written>;
  /** @throws AppError `invalid-input` */
  refuseIdempotencyKey: () => void;
}

/** The one way of a request: key, limit, scope, input, then what the method does; whatever fails becomes a problem. */
function endpoint(described: Described, answer: (key: ApiKeyRow, call: Call) => Promise<Response>): Endpoint {
  async function handle(request: Request, { params }: Parameters<Handler>[1]): Promise<Response> {
    const seen = seeRequest(request);
    let headers: Record<string, string> = {};
    try {
      const now = databaseTime();
      const { key, from, taken } = await admit(request, seen);
      headers = taken.headers;
      if (taken.exceeded) throw taken.exceeded;
      requireNetwork(key, from);
      await noteUse(key, from, now);
      requireScope(key, described.scope);
      const text = described.body === null ? "" : await bodyTextOf(request);
      // A body may be sent for minutes; by then the key may be worthless.
      if (described.body !== null) await authenticate(request.headers.get("authorization"));
      const input = {
        params: parseInput(described.params, (await params) ?? {}, "path"),
        query: parseInput(described.query, queryOf(request), "query"),
        body: described.body === null ? undefined : parseInput(described.body, readJson(text), "body"),
      };
      const response = await answer(key, { input, doOnce, refuseIdempotencyKey });
      return finished(response, seen, headers);

      function doOnce<Done extends Written>(act: (requestId: string) => Promise<Done>): Promise<Done | Written> {
        const idempotencyKey = request.headers.get("idempotency-key");
        if (idempotencyKey === null) return act(randomUUID());
        const { pathname, search } = new URL(request.url);
        const sent = { apiKeyId: key.id, idempotencyKey, text: `${request.method} ${pathname}${search}\n${text}` };
        return once(sent, now, act);
      }

      function refuseIdempotencyKey(): void {
        if (request.headers.has("idempotency-key")) throw noIdempotencyKey();
      }
    } catch (error) {
      return problemOf(error, seen, headers);
    }
  }
  return { described, handle };
}

/** What is asked by a method or at an address that is not there; told to who has a key alone. */
export async function refuseKnown(
  request: Request,
  error: AppError,
  headers: Record<string, string> = {},
): Promise<Response> {
  const seen = seeRequest(request);
  try {
    const { key, from, taken } = await admit(request, seen);
    if (!taken.exceeded) requireNetwork(key, from);
    return problemOf(taken.exceeded ?? error, seen, { ...taken.headers, ...(!taken.exceeded && headers) });
  } catch (refusal) {
    return problemOf(refusal, seen);
  }
}

/** The answer to what fails, wherever it fails. */
function problemOf(error: unknown, seen: SeenRequest, headers: Record<string, string> = {}): Response {
  const failure = failureOf(error, seen.id);
  if (failure.isOurs) logFailure(error, "a request of the API failed", { requestId: seen.id });
  const response = new Response(JSON.stringify(failure.body), {
    status: failure.status,
    headers: { "content-type": "application/problem+json", ...failure.headers },
  });
  return finished(response, seen, headers, failure.body.code);
}

function finished(
  response: Response,
  seen: SeenRequest,
  headers: Record<string, string>,
  code: string | null = null,
): Response {
  noteRequest(seen, { status: response.status, code });
  const all = {
    ...headers,
    "x-request-id": seen.id,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  };
  for (const [name, value] of Object.entries(all)) response.headers.set(name, value);
  return response;
}

/** Whose key it is, from where it is used, and its bound, of which whatever is asked takes some. @throws AppError `key-invalid` */
async function admit(request: Request, seen: SeenRequest) {
  const key = await authenticate(request.headers.get("authorization"));
  seen.apiKeyId = key.id;
  return { key, from: nearest(request.headers.get("x-forwarded-for")), taken: takeRequest(key.id) };
}

function requireScope(key: ApiKeyRow, scope: ApiScope): void {
  if (!key.scopes.includes(scope))
    throw new AppError("scope-missing", `This API key lacks the scope ${scope}. Use a key that has it.`);
  if (scope === issuingScope) requireBounded(key);
}

function noIdempotencyKey(): AppError {
  const message = "Nothing of what this answers is kept, so that it takes no Idempotency-Key. Leave it out.";
  return new AppError("invalid-input", message, { fields: { "Idempotency-Key": message } });
}

/** The address that the nearest proxy saw; those before it are whatever the caller wrote. */
function nearest(forwarded: string | null): string | null {
  const address = forwarded?.split(",").at(-1)?.trim();
  return address ? address.slice(0, 64) : null;
}

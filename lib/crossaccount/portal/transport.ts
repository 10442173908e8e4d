import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { retry, type Sleep } from "../aws/retry";
import { apiAddress, portalAddress } from "./address";
import { type ApiKey, readApiKey } from "./api-key";
import { pagesOf } from "./pages";
import { PortalError } from "./portal-error";
import { readAnswer } from "./read-answer";
import type { Method, Path, Query, Transport } from "./types";

const TRY_MILLISECONDS = 10_000;
const DEADLINE_MILLISECONDS = 30_000;
const BACKOFF = { baseMs: 200, capMs: 5_000 };

export interface PortalClientOptions {
  /** The portal's address, such as https://connect.nimbus.example. */
  url: string;
  /** An API key of the portal, or a function that gives it before each request, such as from a secret store. */
  apiKey: ApiKey;
  /** Sends the requests; the platform's own unless given. */
  fetch?: typeof globalThis.fetch;
  /** Milliseconds after which one try is given up; 10,000 unless given. */
  timeoutMs?: number;
  /** Milliseconds in which a call answers or rejects, with everything that it tries again; 30,000 unless given. */
  deadlineMs?: number;
  /** Also takes an http address of another machine, which sends the API key readable: for a network that you trust. */
  allowHttp?: boolean;
  clock?: () => Date;
  sleep?: Sleep;
  /** From 0 up to 1; spreads retries. */
  jitter?: () => number;
}

interface Call {
  method: Method;
  path: Path;
  query?: Query;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal | undefined;
}

type Outcome = { ok: true; answer: unknown } | { ok: false; error: PortalError };

/** @throws CrossAccountError `config-invalid` */
export function createTransport(options: PortalClientOptions): Transport {
  const {
    apiKey,
    fetch = globalThis.fetch,
    timeoutMs = TRY_MILLISECONDS,
    deadlineMs = DEADLINE_MILLISECONDS,
  } = options;
  const { clock = () => new Date(), sleep = slept, jitter = Math.random } = options;
  const portal = portalAddress(options.url, options.allowHttp === true);

  async function call<Answer>(asked: Call): Promise<Answer> {
    const { method, idempotencyKey, signal } = asked;
    const address = apiAddress(portal, asked.path, asked.query);
    const mayRepeat = method === "GET" || idempotencyKey !== undefined;
    const outcome = await retry(() => attempt(address, asked), {
      ...BACKOFF,
      ...{ clock, sleep, jitter, deadline: clock().getTime() + deadlineMs },
      ...(signal && { signal }),
      again: (tried) => !tried.ok && tried.error.tryAgain && mayRepeat,
      leastMs: (tried) => (tried.ok ? 0 : (tried.error.retryAfterSeconds ?? 0) * 1_000),
    });
    if (outcome.ok) return outcome.answer as Answer;
    throw outcome.error;
  }

  async function attempt(address: string, { method, body, idempotencyKey, signal }: Call): Promise<Outcome> {
    const key = await readApiKey(apiKey);
    const timeout = AbortSignal.timeout(timeoutMs);
    const ended = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const headers = {
      accept: "application/json",
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    };
    const sent = {
      method,
      headers,
      signal: ended,
      redirect: "manual" as const,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    try {
      return { ok: true, answer: await until(ended, async () => readAnswer(await fetch(address, sent))) };
    } catch (error) {
      if (error instanceof PortalError) return { ok: false, error: withoutKey(error, key) };
      return { ok: false, error: unanswered(error, { signal, timeout, timeoutMs }) };
    }
  }

  return {
    get: (path, query = {}, given = {}) => call({ method: "GET", path, query, signal: given.signal }),
    pages: (path, query, next, given = {}) =>
      pagesOf(next, (more) => call({ method: "GET", path, query: { ...query, ...more }, signal: given.signal })),
    write: (method, path, body, { idempotencyKey = randomUUID(), signal } = {}, query = {}) =>
      call({ method, path, query, body, idempotencyKey, signal }),
    send: (method, path, body, given = {}) => call({ method, path, body, signal: given.signal }),
  };
}

/** The portal quotes no key; what stands before it may. */
function withoutKey(error: PortalError, key: string): PortalError {
  if (!JSON.stringify([error.code, error.message, error.requestId, error.fields]).includes(key)) return error;
  const message =
    "What answered quoted the API key, which the portal never does. Look at what stands before it, and revoke the key.";
  return new PortalError("answer-invalid", message, error.status === undefined ? {} : { status: error.status });
}

/** Ends with the signal, also where what it waits for does not heed it. */
function until<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((settle, fail) => {
    const stop = () => fail(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work()
      .then(settle, fail)
      .finally(() => signal.removeEventListener("abort", stop));
  });
}

/** What fetch threw is not passed on: one of another make may hold the request with its key. */
function unanswered(
  error: unknown,
  { signal, timeout, timeoutMs }: { signal: AbortSignal | undefined; timeout: AbortSignal; timeoutMs: number },
): PortalError {
  if (signal?.aborted) return new PortalError("aborted", "The signal passed to the call stopped it.");
  const how = timeout.aborted
    ? `did not answer within ${timeoutMs / 1_000} seconds`
    : `could not be reached${codeOf(error)}`;
  return new PortalError("portal-unavailable", `The portal ${how}. Try again in a moment.`, { tryAgain: true });
}

/** Such as ECONNREFUSED, which says more than that fetch failed. */
function codeOf(error: unknown): string {
  const code: unknown = Object(Object(error).cause).code;
  return typeof code === "string" && /^[A-Z_]{3,40}$/.test(code) ? ` (${code})` : "";
}

/** Waits in the real time. */
export const slept: Sleep = (milliseconds, signal) => pause(milliseconds, undefined, signal ? { signal } : {});

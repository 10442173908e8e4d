interface ErrorDescription {
  /** HTTP status of an answer that says it. */
  status: number;
  /** One sentence, for a reference. */
  meaning: string;
  /** Whether the same request, sent again later, can succeed without its sender changing anything. */
  tryAgain: boolean;
}

/** Every kind of expected failure. Each is shown to the person with its message; anything else is a bug, logged and masked. */
export const appErrors = {
  "not-signed-in": { status: 401, meaning: "No one is signed in, or the session has ended.", tryAgain: false },
  "key-invalid": {
    status: 401,
    meaning: "The request has no API key, or one that is unknown, revoked or expired.",
    tryAgain: false,
  },
  "address-not-allowed": {
    status: 403,
    meaning: "The API key is bound to networks, and the request comes from none of them.",
    tryAgain: false,
  },
  "scope-missing": { status: 403, meaning: "The API key lacks a scope, which the answer names.", tryAgain: false },
  "not-allowed": { status: 403, meaning: "The caller may see this, but not do it.", tryAgain: false },
  "not-found": {
    status: 404,
    meaning: "It does not exist, or it belongs to someone else: the answer does not say which.",
    tryAgain: false,
  },
  "invalid-input": {
    status: 400,
    meaning: "Part of the request is not valid; where it is a field, the answer names it.",
    tryAgain: false,
  },
  conflict: {
    status: 409,
    meaning: "It conflicts with the current state: read that, then decide.",
    tryAgain: false,
  },
  "idempotency-key-reused": {
    status: 409,
    meaning: "The idempotency key belongs to another request.",
    tryAgain: false,
  },
  "idempotency-key-in-use": {
    status: 409,
    meaning: "A request with the same idempotency key is still under way.",
    tryAgain: true,
  },
  "method-not-allowed": { status: 405, meaning: "The address exists, but not with this method.", tryAgain: false },
  "body-too-large": { status: 413, meaning: "The body of the request is larger than is taken.", tryAgain: false },
  "content-type-unsupported": { status: 415, meaning: "The body of the request is not JSON.", tryAgain: false },
  "rate-limited": { status: 429, meaning: "Too many requests in a short time, to us or to AWS.", tryAgain: true },
  unavailable: {
    status: 503,
    meaning: "Something this needs, such as the database or AWS, does not answer right now.",
    tryAgain: true,
  },
  internal: { status: 500, meaning: "A fault on our side; only the log says what it was.", tryAgain: true },
} as const satisfies Record<string, ErrorDescription>;

/** Those of them that programs meet, with what each means. */
export function programErrors(): (ErrorDescription & { code: string })[] {
  return Object.entries(appErrors)
    .filter(([code]) => code !== "not-signed-in")
    .map(([code, description]) => ({ code, ...description }));
}

/** Seconds after which another try makes sense, for who is told that the database does not answer. */
export const RETRY_AFTER_SECONDS = 10;

export type ErrorCode = keyof typeof appErrors;

interface AppErrorOptions {
  cause?: unknown;
  /** Faults by form field, for `invalid-input`. */
  fields?: Record<string, string>;
  /** Seconds after which another try makes sense, for `rate-limited` and `unavailable`. */
  retryAfterSeconds?: number;
}

/**
 * The one error type of the application. The message is for the person who caused it: what happened, likely why, what to do
 * next. It never holds an external ID, a role ARN or a secret.
 */
export class AppError extends Error {
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = "AppError";
    this.fields = options.fields;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Someone else's row and one that does not exist give the same answer. */
export function notFound(what: string): AppError {
  return new AppError(
    "not-found",
    `We could not find this ${what}. It may have been removed, or it belongs to another account.`,
  );
}

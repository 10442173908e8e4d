/** Every kind of expected failure. Each is shown to the person with its message; anything else is a bug, logged and masked. */
export type ErrorCode =
  | "not-signed-in"
  | "not-allowed"
  | "not-found"
  | "invalid-input"
  | "conflict"
  | "rate-limited"
  | "unavailable"
  | "internal";

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

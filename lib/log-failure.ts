import "server-only";
import { databaseFailureOf } from "./database-failures";
import { createLineLimit } from "./line-limit";
import { log } from "./log";

const kept = globalThis as { crossaccountLineLimit?: ReturnType<typeof createLineLimit> };
kept.crossaccountLineLimit ??= createLineLimit();
const limit = kept.crossaccountLineLimit;

/** Of each kind, in ten seconds. */
const LINES = 20;

/**
 * Writes what went wrong as one line. While the database does not answer everything fails, so of that one line in ten seconds
 * stands for all; of other kinds as many as somebody can read. `omitted` says how many were left out before.
 */
export function logFailure(error: unknown, message: string, fields: Record<string, unknown> = {}): void {
  if (isOutage(error)) {
    const omitted = limit("outage", 1);
    if (omitted !== null) log.error({ err: error, omitted, failed: message }, "the database does not answer");
    return;
  }
  const omitted = limit(message, LINES);
  if (omitted !== null) log.error({ err: error, ...fields, ...(omitted > 0 && { omitted }) }, message);
}

/** Whether the database does not answer, or that is why something else failed. */
function isOutage(error: unknown): boolean {
  if (databaseFailureOf(error) === "unavailable") return true;
  return error instanceof Error && error.cause !== undefined && isOutage(error.cause);
}

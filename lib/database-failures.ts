import "server-only";
import { DatabaseTlsError } from "./database-tls";
import { Prisma } from "./generated/prisma/client";
import { SilentDatabaseError } from "./postgres";

export type DatabaseFailure = "conflict" | "not-found" | "unavailable";

/** Prisma's codes (https://www.prisma.io/docs/orm/reference/error-reference) that are no bug of ours. */
const codeOfPrismaError: Readonly<Record<string, DatabaseFailure>> = {
  // A value that is taken; two transactions that cannot both be.
  P2002: "conflict",
  P2034: "conflict",
  // The row to change is gone.
  P2025: "not-found",
  // Not reached, not reached in time, an operation too slow, a connection that closed.
  P1001: "unavailable",
  P1002: "unavailable",
  P1008: "unavailable",
  P1017: "unavailable",
  // No connection free in time, a transaction too slow, too many connections.
  P2024: "unavailable",
  P2028: "unavailable",
  P2037: "unavailable",
};

/**
 * PostgreSQL's own codes (https://www.postgresql.org/docs/current/errcodes-appendix.html): connection exceptions, too many
 * connections and out of resources, shut down or starting, a server that only reads because another one took over, system errors.
 */
const unavailableState = /^(08...|53...|57P0[1-5]|25006|58...)$/;

/** What pg says of a connection that is lost, or that was not made or not free in time. These errors have no code. */
const lostConnection = [
  "timeout exceeded when trying to connect",
  "timeout expired",
  "Connection terminated",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Query read timeout",
];

/** What of an error is the database's, or the network's on the way to it; undefined for a bug, or what is about something else. */
export function databaseFailureOf(error: unknown): DatabaseFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  if (
    error instanceof SilentDatabaseError ||
    error instanceof DatabaseTlsError ||
    error instanceof Prisma.PrismaClientInitializationError
  )
    return "unavailable";
  const known = error instanceof Prisma.PrismaClientKnownRequestError ? codeOfPrismaError[error.code] : undefined;
  if (known) return known;
  if (unavailableState.test(stateOf(error)) || lostConnection.includes(error.message)) return "unavailable";
  return isOfNetwork(error) ? "unavailable" : undefined;
}

/** PostgreSQL's code, of pg's own error or of what Prisma made of it. */
function stateOf(error: Error & { code?: unknown; meta?: unknown }): string {
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined;
  return String(meta?.driverAdapterError?.cause?.originalCode ?? error.code ?? "");
}

function isOfNetwork(error: Error & { syscall?: unknown; code?: unknown }): boolean {
  return (
    typeof error.syscall === "string" && /^E(CONN|TIMEDOUT|HOST|NET|PIPE|AI_AGAIN|NOTFOUND)/.test(String(error.code))
  );
}

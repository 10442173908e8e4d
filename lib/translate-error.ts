import "server-only";
import { CrossAccountError, type CrossAccountErrorCode } from "@/lib/crossaccount";
import { AppError, type ErrorCode } from "./errors";
import { Prisma } from "./generated/prisma/client";

/** `internal` for what only the operator can repair, or a bug of ours alone can cause: its message is not for the person. */
export const codeOfLibraryError: Record<CrossAccountErrorCode, ErrorCode> = {
  "config-invalid": "internal",
  "external-id-unavailable": "internal",
  "role-arn-invalid": "invalid-input",
  "region-not-supported": "invalid-input",
  "partition-not-configured": "invalid-input",
  "template-too-large": "internal",
  "template-upload-failed": "unavailable",
  "template-missing": "unavailable",
  "launch-link-invalid": "internal",
  "access-denied": "conflict",
  "identity-invalid": "internal",
  "region-disabled": "conflict",
  "request-invalid": "internal",
  throttled: "rate-limited",
  "aws-unavailable": "unavailable",
  "connection-unusable": "conflict",
  "connection-ambiguous": "conflict",
  "connection-not-found": "not-found",
  "input-invalid": "internal",
  "report-mismatch": "conflict",
  "account-mismatch": "conflict",
  "role-taken": "conflict",
  "access-log-failed": "internal",
  "decryption-failed": "internal",
  "encryption-failed": "internal",
  "storage-failed": "internal",
  aborted: "internal",
};

type DatabaseFailure = "conflict" | "not-found" | "unavailable";

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

const databaseMessages: Record<DatabaseFailure, string> = {
  conflict: "Someone or something else changed this at the same moment. Reload the page and try again.",
  "not-found": "We could not find this. It may have been removed meanwhile.",
  unavailable: "Our database does not answer right now. Nothing was changed. Try again in a moment.",
};

/** What pg says when no connection was free, or none was made, in time. These errors have no code. */
const noConnectionInTime = [
  "timeout exceeded when trying to connect",
  "Connection terminated due to connection timeout",
];

/**
 * The one place where other people's errors become ours: by code, and by text only where there is none. What is left over is
 * a bug and is masked.
 */
export function translateError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof CrossAccountError) {
    const code = codeOfLibraryError[error.code];
    return code === "internal" ? internal(error) : new AppError(code, error.message, { cause: error });
  }
  const failure = databaseFailureOf(error);
  return failure ? databaseError(failure, error) : internal(error);
}

function databaseFailureOf(error: unknown): DatabaseFailure | undefined {
  if (error instanceof Prisma.PrismaClientKnownRequestError) return codeOfPrismaError[error.code];
  if (error instanceof Prisma.PrismaClientInitializationError) return "unavailable";
  return error instanceof Error && noConnectionInTime.includes(error.message) ? "unavailable" : undefined;
}

function databaseError(code: DatabaseFailure, cause: unknown): AppError {
  const retryAfterSeconds = code === "unavailable" ? 10 : undefined;
  return new AppError(code, databaseMessages[code], { cause, retryAfterSeconds });
}

function internal(cause: unknown): AppError {
  return new AppError(
    "internal",
    "Something went wrong on our side. Nothing you typed is lost. Try again, and tell us if it happens again.",
    {
      cause,
    },
  );
}

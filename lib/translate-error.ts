import "server-only";
import { CrossAccountError, type CrossAccountErrorCode } from "@/lib/crossaccount";
import { type DatabaseFailure, databaseFailureOf } from "./database-failures";
import { AppError, type ErrorCode, RETRY_AFTER_SECONDS } from "./errors";

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
  "rotation-running": "conflict",
  "external-id-in-use": "conflict",
  "input-invalid": "internal",
  "report-mismatch": "conflict",
  "account-mismatch": "conflict",
  "role-taken": "conflict",
  "access-log-failed": "internal",
  "decryption-failed": "internal",
  "encryption-failed": "internal",
  "storage-failed": "internal",
  "webhook-invalid": "internal",
  aborted: "internal",
};

const databaseMessages: Record<DatabaseFailure, string> = {
  conflict: "Someone or something else changed this at the same moment. Reload the page and try again.",
  "not-found": "We could not find this. It may have been removed meanwhile.",
  unavailable: "Our database does not answer right now. Nothing was changed. Try again in a moment.",
};

/**
 * The one place where other people's errors become ours: by code, and by text only where there is none. What is left over is
 * a bug and is masked.
 */
export function translateError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof CrossAccountError) {
    const code = codeOfLibraryError[error.code];
    // The storage or the access log failed, because the database below it does not answer.
    const below = code === "internal" ? databaseFailureOf(error.cause) : undefined;
    if (below) return databaseError(below, error);
    return code === "internal" ? internal(error) : new AppError(code, error.message, { cause: error });
  }
  const failure = databaseFailureOf(error);
  return failure ? databaseError(failure, error) : internal(error);
}

function databaseError(code: DatabaseFailure, cause: unknown): AppError {
  const retryAfterSeconds = code === "unavailable" ? RETRY_AFTER_SECONDS : undefined;
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

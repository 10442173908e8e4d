import "server-only";
import { CrossAccountError, type CrossAccountErrorCode } from "@/lib/crossaccount";
import { AppError, type ErrorCode } from "./errors";
import { Prisma } from "./generated/prisma/client";

const codes: Partial<Record<CrossAccountErrorCode, ErrorCode>> = {
  "role-arn-invalid": "invalid-input",
  "role-name-invalid": "invalid-input",
  "region-not-supported": "invalid-input",
  "partition-not-configured": "invalid-input",
  "access-denied": "conflict",
  throttled: "rate-limited",
  "aws-unavailable": "unavailable",
  "template-upload-failed": "unavailable",
  "connection-unusable": "conflict",
  "connection-ambiguous": "conflict",
  "connection-not-found": "not-found",
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
    const code = codes[error.code];
    return code ? new AppError(code, error.message, { cause: error }) : internal(error);
  }
  if (error instanceof Prisma.PrismaClientKnownRequestError) return translateDatabaseError(error);
  if (error instanceof Prisma.PrismaClientInitializationError) return databaseUnavailable(error);
  if (error instanceof Error && noConnectionInTime.includes(error.message)) return databaseUnavailable(error);
  return internal(error);
}

function translateDatabaseError(error: Prisma.PrismaClientKnownRequestError): AppError {
  switch (error.code) {
    case "P2002":
    case "P2034":
      return new AppError(
        "conflict",
        "Something else changed this at the same moment. Reload the page and try again.",
        {
          cause: error,
        },
      );
    case "P2025":
      return new AppError("not-found", "We could not find this. It may have been removed in the meantime.", {
        cause: error,
      });
    case "P1001":
    case "P1002":
    case "P1008":
    case "P1017":
    case "P2024":
    case "P2028":
    case "P2037":
      return databaseUnavailable(error);
    default:
      return internal(error);
  }
}

function databaseUnavailable(cause: unknown): AppError {
  return new AppError(
    "unavailable",
    "Our database does not answer right now. Nothing was changed; try again in a moment.",
    {
      cause,
      retryAfterSeconds: 10,
    },
  );
}

function internal(cause: unknown): AppError {
  return new AppError(
    "internal",
    "Something went wrong on our side. Nothing you typed is lost; try again, and tell us if it stays.",
    {
      cause,
    },
  );
}

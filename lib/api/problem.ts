import "server-only";
import type { z } from "zod";
import { CrossAccountError } from "@/lib/crossaccount";
import { type AppError, appErrors, type ErrorCode } from "@/lib/errors";
import { translateError } from "@/lib/translate-error";
import type { problem } from "./problem-shape";

export const titles: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export interface Failure {
  status: number;
  body: z.output<typeof problem>;
  headers: Record<string, string>;
  /** A fault of ours, to be logged. */
  isOurs: boolean;
}

/** An error as the answer that says it; the library's own code where it has one. */
export function failureOf(error: unknown, requestId: string): Failure {
  const known = translateError(error);
  const { status, tryAgain } = appErrors[known.code];
  const isOurs = known.code === "internal" || known.code === "unavailable";
  return {
    status,
    isOurs,
    headers: {
      ...(known.retryAfterSeconds !== undefined && { "retry-after": String(known.retryAfterSeconds) }),
      ...(status === 401 && { "www-authenticate": "Bearer" }),
    },
    body: {
      ...{
        type: "about:blank",
        title: titles[status] ?? "Error",
        status,
        code: codeOf(error, known),
        detail: known.message,
      },
      ...{ request_id: requestId, try_again: tryAgain },
      ...(known.fields && { fields: inSnakeCase(known.fields) }),
    },
  };
}

function codeOf(error: unknown, known: AppError): ErrorCode | CrossAccountError["code"] {
  return error instanceof CrossAccountError && known.code !== "internal" && known.cause === error
    ? error.code
    : known.code;
}

/** Verbs name their own fields. */
function inSnakeCase(fields: Record<string, string>): Record<string, string> {
  const renamed = (name: string) => name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(fields).map(([name, message]) => [renamed(name), message]));
}

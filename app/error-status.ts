import type { ErrorCode } from "@/lib/errors";

const statuses: Partial<Record<ErrorCode, number>> = {
  "not-signed-in": 401,
  "not-allowed": 403,
  "not-found": 404,
  "invalid-input": 400,
  "rate-limited": 429,
  unavailable: 503,
};

/** The HTTP status with which a route answers a failure. */
export function errorStatus(code: ErrorCode): number {
  return statuses[code] ?? 500;
}

import "server-only";
import { AppError } from "@/lib/errors";
import { createLimiter } from "./limiter";

/** Requests of one key to one process. What costs AWS or the database more has bounds of its own (lib/rate-limits.ts). */
export const requestPolicy = { points: 3_000, seconds: 60 };

const limiter = createLimiter({ ...requestPolicy, now: () => performance.now() });

/** Takes one from the key's share. https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export function takeRequest(apiKeyId: string): { headers: Record<string, string>; exceeded: AppError | null } {
  const { left, seconds, exceeded } = limiter.take(apiKeyId);
  return {
    headers: {
      "ratelimit-policy": `"requests";q=${requestPolicy.points};w=${requestPolicy.seconds}`,
      ratelimit: `"requests";r=${left};t=${seconds}`,
    },
    exceeded: exceeded
      ? new AppError(
          "rate-limited",
          `This key sent more than ${requestPolicy.points} requests in ${requestPolicy.seconds} seconds. Try again in ${seconds} s.`,
          { retryAfterSeconds: seconds },
        )
      : null,
  };
}

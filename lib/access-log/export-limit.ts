import "server-only";
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";

/** An export reads a whole log; this many a minute and person are plenty. It holds across processes. */
const limiter = new RateLimiterPrisma({
  storeClient: db,
  tableName: "rateLimiterFlexible",
  keyPrefix: "export-access-log",
  points: 10,
  duration: 60,
});

/** @throws AppError `rate-limited` */
export async function takeFromExportLimit(personId: string): Promise<void> {
  try {
    await limiter.consume(personId);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
    throw new AppError(
      "rate-limited",
      `That were many exports in a minute. Try again in ${retryAfterSeconds} seconds.`,
      {
        retryAfterSeconds,
      },
    );
  }
}

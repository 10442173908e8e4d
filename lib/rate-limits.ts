import "server-only";
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "./crossaccount";
import { db } from "./db";
import { AppError } from "./errors";

/**
 * Bounds that hold across processes. What those of AWS protect is the vendor's STS quota (600 requests a second in an account
 * and region), which all customers share; the others keep one customer from filling the database.
 */
const limits = {
  /** Looking for a role makes two STS requests: AssumeRole, and when it is refused, who we are ourselves. */
  findRole: limiter("find-role", { points: 40, duration: 60 }),
  findRoleOfAll: limiter("find-role-all", { points: 1_200, duration: 60 }),
  /** A verification makes six STS requests, and more while it waits for IAM. */
  verify: limiter("verify", { points: 60, duration: 600 }),
  verifyOfAll: limiter("verify-all", { points: 600, duration: 60 }),
  nameRole: limiter("name-role", { points: 60, duration: 600 }),
  invite: limiter("invite", { points: 200, duration: 3_600 }),
  /** An export reads a whole log; this many a minute are plenty for one actor. */
  export: limiter("export-access-log", { points: 10, duration: 60 }),
};

export type AwsLimit = "findRole" | "verify";
export type OwnLimit = "nameRole" | "invite";

/** Takes one from the customer's share and from everybody's. @throws AppError `rate-limited` */
export async function takeFromLimit(limit: AwsLimit, customerId: string): Promise<void> {
  await take(limits[limit], customerId, "Too many requests to AWS in a short time.");
  await take(limits[`${limit}OfAll`], "all", "Too many requests to AWS in a short time.");
}

/** Takes one from the customer's share. @throws AppError `rate-limited` */
export function takeFromOwnLimit(limit: OwnLimit, customerId: string): Promise<void> {
  return take(
    limits[limit],
    customerId,
    limit === "invite" ? "Too many invitations in an hour." : "Too many role changes in ten minutes.",
  );
}

/** Takes one from the actor's share. @throws AppError `rate-limited` */
export function takeFromExportLimit({ type, id }: Actor): Promise<void> {
  return take(limits.export, `${type}:${id}`, "Too many exports in a minute.");
}

async function take(from: RateLimiterPrisma, key: string, what: string): Promise<void> {
  try {
    await from.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfterSeconds = Math.max(1, Math.ceil(error.msBeforeNext / 1_000));
    throw new AppError(
      "rate-limited",
      `${what} Nothing is lost. Try again in ${retryAfterSeconds === 1 ? "1 second" : `${retryAfterSeconds} seconds`}.`,
      { retryAfterSeconds },
    );
  }
}

function limiter(keyPrefix: string, options: { points: number; duration: number }): RateLimiterPrisma {
  return new RateLimiterPrisma({ storeClient: db, tableName: "rateLimiterFlexible", keyPrefix, ...options });
}

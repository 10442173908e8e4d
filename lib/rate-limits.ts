import "server-only";
import type { Actor } from "@/lib/crossaccount";
import { db } from "./db";
import { AppError } from "./errors";

interface Limit {
  key: string;
  /** How often in a window of so many seconds, which begins with the first. */
  points: number;
  seconds: number;
}

/**
 * Bounds that hold across processes. What those of AWS protect is the vendor's STS quota (600 requests a second in an account
 * and region), which all customers share; the others keep one customer from filling the database.
 */
const limits = {
  /** Looking for a role makes two STS requests: AssumeRole, and when it is refused, who we are ourselves. */
  findRole: limit("find-role", { points: 40, seconds: 60 }),
  findRoleOfAll: limit("find-role-all", { points: 1_200, seconds: 60 }),
  /** A verification makes six STS requests, and more while it waits for IAM. */
  verify: limit("verify", { points: 60, seconds: 600 }),
  verifyOfAll: limit("verify-all", { points: 600, seconds: 60 }),
  nameRole: limit("name-role", { points: 60, seconds: 600 }),
  invite: limit("invite", { points: 200, seconds: 3_600 }),
  makeLink: limit("make-link", { points: 60, seconds: 3_600 }),
  /** A page that follows a verification asks once a second or two, and several may be open. */
  useLink: limit("use-link", { points: 600, seconds: 60 }),
  /** Tokens that are none, of everyone together; a link that exists is found before this is asked. */
  guessLink: limit("guess-link", { points: 120, seconds: 60 }),
  /** An export reads a whole log; this many a minute are plenty for one actor. */
  export: limit("export-access-log", { points: 10, seconds: 60 }),
};

export type AwsLimit = "findRole" | "verify";
export type OwnLimit = "nameRole" | "invite" | "makeLink";

const ownLimitWords: Record<OwnLimit, string> = {
  nameRole: "Too many role changes in ten minutes.",
  invite: "Too many invitations in an hour.",
  makeLink: "Too many links in an hour.",
};

/** Takes one from the customer's share and from everyone's. @throws AppError `rate-limited` */
export async function takeFromLimit(limit: AwsLimit, customerId: string): Promise<void> {
  await take(limits[limit], customerId, "Too many requests to AWS in a short time.");
  await take(limits[`${limit}OfAll`], "all", "Too many requests to AWS in a short time.");
}

/** Takes one from the customer's share. @throws AppError `rate-limited` */
export function takeFromOwnLimit(limit: OwnLimit, customerId: string): Promise<void> {
  return take(limits[limit], customerId, ownLimitWords[limit]);
}

/** Takes one from a link's share, or from all guesses at one. @throws AppError `rate-limited` */
export function takeFromLinkLimit(limit: "useLink" | "guessLink", key: string): Promise<void> {
  return take(limits[limit], key, "Links were used too often in a minute.");
}

/** Takes one from the actor's share. @throws AppError `rate-limited` */
export function takeFromExportLimit({ type, id }: Actor): Promise<void> {
  return take(limits.export, `${type}:${id}`, "Too many exports in a minute.");
}

async function take({ key: prefix, points, seconds }: Limit, key: string, what: string): Promise<void> {
  // The database's clock decides when a window is over: every process is bound by the same ones.
  const [row] = await db.$queryRaw<{ taken: number; left: number }[]>`
    INSERT INTO "RateLimiterFlexible" AS kept ("key", "points", "expire")
    VALUES (${`${prefix}:${key}`}, 1, (clock_timestamp() AT TIME ZONE 'UTC') + make_interval(secs => ${seconds}::float8))
    ON CONFLICT ("key") DO UPDATE SET
      "points" = CASE WHEN kept."expire" > clock_timestamp() AT TIME ZONE 'UTC' THEN kept."points" + 1 ELSE 1 END,
      "expire" = CASE WHEN kept."expire" > clock_timestamp() AT TIME ZONE 'UTC' THEN kept."expire" ELSE EXCLUDED."expire" END
    RETURNING "points" AS taken, extract(epoch FROM "expire" - clock_timestamp() AT TIME ZONE 'UTC')::float8 AS left`;
  if (!row || row.taken <= points) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(row.left));
  throw new AppError(
    "rate-limited",
    `${what} Nothing is lost. Try again in ${retryAfterSeconds === 1 ? "1 second" : `${retryAfterSeconds} seconds`}.`,
    { retryAfterSeconds },
  );
}

/** Forgets windows that are over. Returns how many. */
export function purgeLimits(): Promise<number> {
  return db.$executeRaw`DELETE FROM "RateLimiterFlexible" WHERE "expire" <= clock_timestamp() AT TIME ZONE 'UTC'`;
}

function limit(key: string, bound: Omit<Limit, "key">): Limit {
  return { key, ...bound };
}

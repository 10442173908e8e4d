import "server-only";
import type { Database } from "@/lib/db";
import type { Session, User } from "@/lib/generated/prisma/client";
import { type CustomerMembership, type Person, type PersonSettings, personFrom } from "@/lib/tenancy/access";
import { tokenDigest } from "@/lib/tokens";

/** Seconds without a request after which a session ends. */
export const sessionIdleSeconds = 12 * 60 * 60;
/** Seconds after which a session ends however busy it is; also the cookie's life, since the database has the last word. */
export const sessionLifeSeconds = 7 * 24 * 60 * 60;
const extendAfterSeconds = 10 * 60;

export async function createSession(
  database: Database,
  input: { token: string; userId: string; now: Date },
): Promise<Session> {
  await database.session.deleteMany({ where: { userId: input.userId, expiresAt: { lt: input.now } } });
  return database.session.create({
    data: {
      tokenDigest: tokenDigest(input.token),
      userId: input.userId,
      createdAt: input.now,
      expiresAt: later(input.now, sessionIdleSeconds),
    },
  });
}

/** The session of a token as the database has it now, so that a revoked one ends with the next request. */
export async function findSession(
  database: Database,
  token: string,
  now: Date,
): Promise<(Session & { user: User }) | null> {
  const session = await database.session.findUnique({
    where: {
      tokenDigest: tokenDigest(token),
      expiresAt: { gt: now },
      createdAt: { gt: later(now, -sessionLifeSeconds) },
    },
    include: { user: true },
  });
  if (session) await keepAlive(database, session, now);
  return session;
}

/** The person that a token's session belongs to, by one query: each request of someone signed in makes it. */
export async function findPerson(
  database: Database,
  token: string,
  { now, settings }: { now: Date; settings: PersonSettings },
): Promise<Person | null> {
  const [row] = await database.$queryRaw<PersonRow[]>`
    SELECT s."id" AS "sessionId", s."expiresAt", u."id", u."name", u."email", u."emailVerified", u."trustedEmail", u."groups",
      (SELECT coalesce(
          json_agg(json_build_object('id', c."id", 'reference', c."reference", 'name', c."name", 'role', m."role") ORDER BY c."name"),
          '[]')
        FROM "Membership" m JOIN "Customer" c ON c."id" = m."customerId" WHERE m."userId" = u."id") AS memberships
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."tokenDigest" = ${tokenDigest(token)} AND s."expiresAt" > ${now}
      AND s."createdAt" > ${later(now, -sessionLifeSeconds)}`;
  if (!row) return null;
  await keepAlive(database, { id: row.sessionId, expiresAt: row.expiresAt }, now);
  return personFrom(row, row.memberships, settings);
}

type PersonRow = Pick<User, "id" | "name" | "email" | "emailVerified" | "trustedEmail" | "groups"> & {
  sessionId: string;
  expiresAt: Date;
  memberships: CustomerMembership[];
};

/** Extends a session that is used, at most once in a while. */
async function keepAlive(database: Database, { id, expiresAt }: Pick<Session, "id" | "expiresAt">, now: Date) {
  if (expiresAt >= later(now, sessionIdleSeconds - extendAfterSeconds)) return;
  await database.session.updateMany({ where: { id }, data: { expiresAt: later(now, sessionIdleSeconds) } });
}

export async function deleteSession(database: Database, token: string): Promise<void> {
  await database.session.deleteMany({ where: { tokenDigest: tokenDigest(token) } });
}

/** Signs a person out everywhere. Answers how many sessions ended. */
export async function revokeSessionsOf(database: Database, userId: string): Promise<number> {
  const { count } = await database.session.deleteMany({ where: { userId } });
  return count;
}

function later(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

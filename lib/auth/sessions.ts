import "server-only";
import type { Database } from "@/lib/db";
import type { Session, User } from "@/lib/generated/prisma/client";
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
  if (session && session.expiresAt < later(now, sessionIdleSeconds - extendAfterSeconds)) {
    await database.session.updateMany({
      where: { id: session.id },
      data: { expiresAt: later(now, sessionIdleSeconds) },
    });
  }
  return session;
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

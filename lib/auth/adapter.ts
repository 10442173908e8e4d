import "server-only";
import type { Adapter, AdapterUser } from "next-auth/adapters";
import type { Database } from "@/lib/db";
import type { User } from "@/lib/generated/prisma/client";
import { createSession, deleteSession, findSession } from "./sessions";

/** next-auth knows a person by one text: the issuer and the subject. No issuer has a space in it. */
export function accountId(issuer: string, subject: string): string {
  return `${issuer} ${subject}`;
}

/**
 * The few verbs of next-auth's adapter that this portal needs. People are written by `recordSignIn` before next-auth asks
 * for them, an e-mail never finds anyone, and there is no place for the provider's tokens.
 *
 * `replaces` is the session that a sign-in ends: next-auth would otherwise attach a second person to the first one's
 * session, or keep a session token that existed before the sign-in.
 */
export function createAdapter(options: { database: Database; clock: () => Date; replaces?: string }): Adapter {
  const { database, clock, replaces } = options;
  return {
    async getUserByAccount({ providerAccountId }) {
      const space = providerAccountId.indexOf(" ");
      const [issuer, subject] = [providerAccountId.slice(0, space), providerAccountId.slice(space + 1)];
      const user = await database.user.findUnique({ where: { issuer_subject: { issuer, subject } } });
      return user && adapterUser(user);
    },
    getUserByEmail: async () => null,
    async getUser(id) {
      const user = await database.user.findUnique({ where: { id } });
      return user && adapterUser(user);
    },
    createUser: () => Promise.reject(new Error("People are recorded before next-auth creates them.")),
    updateUser: () => Promise.reject(new Error("People are recorded by their sign-in alone.")),
    linkAccount: () => Promise.reject(new Error("Accounts are never linked.")),
    async createSession({ sessionToken, userId }) {
      if (replaces) await deleteSession(database, replaces);
      const session = await createSession(database, { token: sessionToken, userId, now: clock() });
      return { sessionToken, userId, expires: session.expiresAt };
    },
    async getSessionAndUser(sessionToken) {
      if (sessionToken === replaces) return null;
      const found = await findSession(database, sessionToken, clock());
      if (!found) return null;
      const { user, expiresAt } = found;
      return { session: { sessionToken, userId: user.id, expires: expiresAt }, user: adapterUser(user) };
    },
    // `findSession` extends sessions by itself.
    updateSession: async () => null,
    async deleteSession(sessionToken) {
      await deleteSession(database, sessionToken);
    },
  };
}

function adapterUser(user: User): AdapterUser {
  return { id: user.id, name: user.name, email: user.email ?? "", emailVerified: null };
}

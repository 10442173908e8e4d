import "server-only";
import type { AuthOptions } from "next-auth";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { newToken } from "@/lib/tokens";
import { createAdapter } from "./adapter";
import { readClaims } from "./claims";
import { openIdProvider } from "./open-id-provider";
import { recordSignIn } from "./record-sign-in";
import { sessionCookie } from "./session-cookie";
import { sessionIdleSeconds } from "./sessions";

/** `replaces` is the token of the session that a sign-in which is just being finished ends. */
export function authOptions(options: { replaces?: string } = {}): AuthOptions {
  return {
    adapter: createAdapter({ database: db, clock: databaseTime, ...options }),
    providers: [openIdProvider(env)],
    secret: env.AUTH_SECRET,
    session: { strategy: "database", maxAge: sessionIdleSeconds, generateSessionToken: newToken },
    cookies: { sessionToken: sessionCookie(env.BASE_URL) },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    callbacks: {
      async signIn({ profile }) {
        try {
          await recordSignIn(db, readClaims(profile, env.CUSTOMER_CLAIM), databaseTime());
          return true;
        } catch (error) {
          log.error({ err: error }, "sign-in could not be recorded");
          return "/sign-in?error=Callback";
        }
      },
      redirect: ({ url, baseUrl }) => addressHere(url, baseUrl),
      // The page learns who is signed in from the server; the browser needs no more than a name.
      session: ({ session, user }) => ({ expires: session.expires, user: { name: user.name } }),
    },
    logger: {
      error: (code, detail) => log.warn({ err: errorOf(detail), code }, "sign-in failed"),
      warn: (code) => log.debug({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** An address of this portal, or its start page: no one is sent elsewhere after signing in. */
export function addressHere(wanted: string, baseUrl: string): string {
  if (!URL.canParse(wanted, baseUrl)) return baseUrl;
  const url = new URL(wanted, baseUrl);
  return url.origin === new URL(baseUrl).origin && !url.pathname.startsWith("//") ? url.href : baseUrl;
}

function errorOf(detail: unknown): Error | undefined {
  if (detail instanceof Error) return detail;
  return typeof detail === "object" && detail !== null && "error" in detail ? errorOf(detail.error) : undefined;
}

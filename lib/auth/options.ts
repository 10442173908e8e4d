import "server-only";
import type { Agent } from "node:http";
import type { AuthOptions } from "next-auth";
import type { Logger } from "pino";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { log as portalLog } from "@/lib/log";
import { personOf } from "@/lib/tenancy/access";
import { newToken } from "@/lib/tokens";
import { createAdapter } from "./adapter";
import { type Attempt, currentAttempt, remembered } from "./attempt";
import { readClaims } from "./claims";
import { explainAccess } from "./explain-access";
import { openIdProvider } from "./open-id-provider";
import { recordSignIn } from "./record-sign-in";
import { sessionCookie } from "./session-cookie";
import { sessionIdleSeconds } from "./sessions";

export type SignInLog = Pick<Logger, "info" | "warn">;

interface SignInOptions {
  settings: Env;
  log: SignInLog;
  attempt: Attempt;
  /** For requests to the provider. */
  agent: Agent;
  /** Token of the session that a sign-in which is just being finished ends. */
  replaces?: string | undefined;
}

export function authOptions({ settings, log, attempt, agent, replaces }: SignInOptions): AuthOptions {
  return {
    adapter: createAdapter({ database: db, clock: databaseTime, ...(replaces !== undefined && { replaces }) }),
    providers: [openIdProvider(settings, { attempt, agent })],
    secret: settings.AUTH_SECRET,
    session: { strategy: "database", maxAge: sessionIdleSeconds, generateSessionToken: newToken },
    cookies: { sessionToken: sessionCookie(settings.BASE_URL) },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    callbacks: {
      async signIn({ profile }) {
        await remembered(attempt, () => letIn(profile, { settings, log, attempt }));
        return true;
      },
      redirect: ({ url, baseUrl }) => addressHere(url, baseUrl),
      // The page learns who is signed in from the server; the browser needs no more than a name.
      session: ({ session, user }) => ({ expires: session.expires, user: { name: user.name } }),
    },
    logger: {
      error(code, detail) {
        const current = currentAttempt.getStore();
        if (current) current.error ??= errorOf(detail);
        else portalLog.warn({ err: errorOf(detail), code }, "next-auth failed");
      },
      warn: (code) => portalLog.debug({ code }, "sign-in warning"),
      debug: () => undefined,
    },
  };
}

/** Records who signed in, and says in the log what they may do and why not more: claims are the operator's to set right, and nobody else sees them. */
async function letIn(
  profile: unknown,
  { settings, log, attempt }: Omit<SignInOptions, "replaces" | "agent">,
): Promise<void> {
  const { claims, found } = readClaims(profile, settings);
  const { user, membershipsEnded } = await recordSignIn(db, claims, databaseTime());
  const person = await personOf(db, user, settings);
  const explained = explainAccess({ person, groups: claims.groups, found, membershipsEnded }, settings);
  const trouble = [
    ...(attempt.userinfoTrouble
      ? [`the userinfo answer was not used (${attempt.userinfoTrouble}), so claims are those of the ID token alone`]
      : []),
    ...explained.trouble,
  ];
  const { notStaff, notMember } = explained;
  const line = { person: person.id, staff: person.staffRole, customers: person.customers.length, notStaff, notMember };
  if (trouble.length > 0) log.warn({ ...line, trouble }, "signed in");
  else log.info(line, "signed in");
}

/** An address of this portal, or its start page: nobody is sent elsewhere after signing in. */
export function addressHere(wanted: string, baseUrl: string): string {
  if (!URL.canParse(wanted, baseUrl)) return baseUrl;
  const url = new URL(wanted, baseUrl);
  return url.origin === new URL(baseUrl).origin && !url.pathname.startsWith("//") ? url.href : baseUrl;
}

function errorOf(detail: unknown): Error | undefined {
  if (detail instanceof Error) return detail;
  return typeof detail === "object" && detail !== null && "error" in detail ? errorOf(detail.error) : undefined;
}

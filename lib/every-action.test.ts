import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { member, newConnection, signInAs } from "@/dev/testing/fixtures";
import * as apiKeys from "@/lib/api-keys/actions";
import { mayCall as mayCallOfApiKeys } from "@/lib/api-keys/actions.access";
import type { Audience } from "@/lib/audience";
import * as audits from "@/lib/audits/actions";
import { mayCall as mayCallOfAudits } from "@/lib/audits/actions.access";
import * as auth from "@/lib/auth/actions";
import { mayCall as mayCallOfAuth } from "@/lib/auth/actions.access";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { createSession } from "@/lib/auth/sessions";
import * as connections from "@/lib/connections/actions";
import { mayCall as mayCallOfConnections } from "@/lib/connections/actions.access";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import * as links from "@/lib/links/actions";
import { mayCall as mayCallOfLinks } from "@/lib/links/actions.access";
import * as people from "@/lib/people/actions";
import { mayCall as mayCallOfPeople } from "@/lib/people/actions.access";
import { newToken } from "@/lib/tokens";
import * as verifications from "@/lib/verifications/actions";
import { mayCall as mayCallOfVerifications } from "@/lib/verifications/actions.access";
import type { ActionResult } from "./action";

/*
 * Each action as each kind of visitor, in milliseconds; e2e/access.spec.ts does the same over HTTP, with everything that is stored.
 */
const cookieJar = vi.hoisted(() => new Map<string, string>());
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: (name: string) => (cookieJar.has(name) ? { value: cookieJar.get(name) } : undefined),
    set: (name: string, value: string) => cookieJar.set(name, value),
  }),
}));
afterEach(() => cookieJar.clear());

const visitors = [
  "admin",
  "viewer",
  "admin of another customer",
  "member of nothing",
  "support",
  "security",
  "nobody",
] as const;
type Visitor = (typeof visitors)[number];

const reference = randomUUID();
const peopleBy = new Map<Visitor, string>();
let connectionId: string;

beforeAll(async () => {
  const admin = await member("admin", reference);
  connectionId = (await newConnection(admin)).id;
  peopleBy.set("admin", admin.person.id);
  peopleBy.set("viewer", (await member("viewer", reference)).person.id);
  peopleBy.set("admin of another customer", (await member("admin")).person.id);
  peopleBy.set("member of nothing", (await signInAs({ email: "kim@newcomer.test" })).id);
  peopleBy.set("support", (await signInAs({ email: "sam@vendor.test" })).id);
  peopleBy.set("security", (await signInAs({ email: "sasha@vendor.test" })).id);
});

async function become(visitor: Visitor): Promise<void> {
  cookieJar.clear();
  const userId = peopleBy.get(visitor);
  if (!userId) return;
  if (visitor === "viewer") await joinAgain(userId);
  const token = newToken();
  await createSession(db, { token, userId, now: new Date() });
  cookieJar.set(sessionCookie(env.BASE_URL).name, token);
}

/** A visit before may have been to leave. */
async function joinAgain(userId: string): Promise<void> {
  const { id: customerId } = await db.customer.findUniqueOrThrow({ where: { reference } });
  const key = { userId, customerId, source: "claim" } as const;
  await db.membership.upsert({
    where: { userId_customerId_source: key },
    create: { ...key, role: "viewer" },
    update: {},
  });
}

type Call = (input: never) => Promise<ActionResult<unknown>>;

const named = () => ({ customer: reference, connectionId });
/** Inputs that the schema takes; what they name need not be there, so that the answer to whom an action is for may be that. */
const inputs: Record<string, () => object> = {
  createApiKey: () => ({ name: "Made", scopes: ["links:write"], customer: null, days: 1 }),
  rotateApiKey: () => ({ apiKeyId: randomUUID(), days: 1, overlapHours: 1 }),
  revokeApiKey: () => ({ apiKeyId: randomUUID() }),
  startRound: () => ({}),
  cancelRound: () => ({ roundId: randomUUID() }),
  revokeMySessions: () => ({}),
  createConnection: () => ({ customer: reference, name: "Made", region: "us-east-1", requestId: randomUUID() }),
  reviseConnection: () => ({ ...named(), name: "Revised", region: "us-east-1" }),
  markLaunched: named,
  submitRoleArn: () => ({ ...named(), roleArn: "arn:aws:iam::111122223333:role/Named" }),
  findRole: () => ({ ...named(), accountId: "111122223333" }),
  createLink: () => ({ ...named(), purpose: "setup" }),
  revokeLink: () => ({ customer: reference, linkId: randomUUID() }),
  createLinkForStaff: () => ({ connectionId, purpose: "setup" }),
  revokeLinkForStaff: () => ({ linkId: randomUUID() }),
  confirmAccount: () => ({ ...named(), accountId: "111122223333" }),
  rejectAccount: () => ({ ...named(), accountId: "111122223333" }),
  // As whoever guesses: what a link lets in for is tried in `links.test.ts`.
  showLinkPage: () => ({ token: newToken() }),
  readLinkProgress: () => ({ token: newToken() }),
  launchByLink: () => ({ token: newToken() }),
  findRoleByLink: () => ({ token: newToken(), accountId: "111122223333" }),
  verifyByLink: () => ({ token: newToken() }),
  invitePerson: () => ({ customer: reference, email: `${randomUUID()}@invited.test`, role: "viewer" }),
  revokeInvitation: () => ({ customer: reference, invitationId: randomUUID() }),
  resendInvitation: () => ({ customer: reference, invitationId: randomUUID() }),
  readInvitation: () => ({ token: newToken() }),
  changeRole: () => ({ customer: reference, userId: randomUUID(), role: "viewer" }),
  removeMember: () => ({ customer: reference, userId: randomUUID() }),
  leaveTeam: () => ({ customer: reference }),
  renameConnection: () => ({ ...named(), name: "Renamed" }),
  deleteConnection: () => ({ customer: reference, connectionId: randomUUID() }),
  pauseConnection: named,
  resumeConnection: named,
  pauseConnectionForStaff: () => ({ connectionId }),
  resumeConnectionForStaff: () => ({ connectionId }),
  disconnectConnection: named,
  startRotation: named,
  followRotation: named,
  abandonRotation: named,
  checkEndedAccess: named,
  acceptInvitation: () => ({ token: newToken() }),
  startVerification: () => ({ ...named(), expectSetup: "gone" }),
  cancelVerification: named,
  confirmUnreadable: named,
};

const features = [
  [apiKeys, mayCallOfApiKeys],
  [audits, mayCallOfAudits],
  [auth, mayCallOfAuth],
  [connections, mayCallOfConnections],
  [links, mayCallOfLinks],
  [people, mayCallOfPeople],
  [verifications, mayCallOfVerifications],
] as const;
// `signOut`, which answers with a redirect, is tried by itself.
const actions = features.flatMap(([calls, mayCall]) =>
  Object.entries(calls as unknown as Record<string, Call>).map(
    ([name, call]) => [name, call, (mayCall as Record<string, Audience>)[name]] as const,
  ),
);

/** What the person is told: `refused` as not signed in, not found or not allowed, before anything else is looked at. */
function expectedOf(audience: Audience | undefined, visitor: Visitor): string {
  if (audience === "anyone") return "let in";
  if (audience === "link-holders") return "no such link";
  if (visitor === "nobody") return "not-signed-in";
  if (audience === "signed-in") return "let in";
  if (audience === "staff") return visitor === "support" || visitor === "security" ? "let in" : "no such page";
  if (audience === "security")
    return visitor === "security" ? "let in" : visitor === "support" ? "not-allowed" : "no such page";
  if (visitor === "admin") return "let in";
  if (visitor === "viewer") return audience === "admins" ? "not-allowed" : "let in";
  return "no such customer";
}

function verdictOf(result: ActionResult<unknown>): string {
  if (result.ok) return "let in";
  if (/find this (customer|page)|know this link/.test(result.message))
    return `no such ${/this (\w+)/.exec(result.message)?.[1]}`;
  return ["not-signed-in", "not-allowed"].includes(result.code) ? result.code : "let in";
}

test("every action is tried below", () => {
  expect(actions).toHaveLength(45);
  expect(actions.map(([name]) => name).filter((name) => name !== "signOut" && !inputs[name])).toEqual([]);
});

test.each(actions.filter(([name]) => name !== "signOut"))(
  "%s lets in whom it is for, and nobody else",
  async (name, call, audience) => {
    const verdicts: Record<string, string> = {};
    for (const visitor of visitors) {
      await become(visitor);
      verdicts[visitor] = verdictOf(await call((inputs[name]?.() ?? {}) as never));
    }
    expect(verdicts).toEqual(Object.fromEntries(visitors.map((visitor) => [visitor, expectedOf(audience, visitor)])));
  },
);

test("who signs out loses this session and its cookie, and no other", async () => {
  await become("viewer");
  const other = await db.session.count();
  await expect(auth.signOut()).rejects.toMatchObject({ digest: expect.stringContaining("/sign-in") as string });
  expect(await db.session.count()).toBe(other - 1);
  expect(cookieJar.get(sessionCookie(env.BASE_URL).name)).toBe("");
});

test("who signs out everywhere loses every session, and nobody else does", async () => {
  await become("viewer");
  await become("admin");
  expect(await auth.revokeMySessions({})).toMatchObject({ ok: true });
  expect(await db.session.count({ where: { userId: peopleBy.get("admin") } })).toBe(0);
  expect(await db.session.count({ where: { userId: peopleBy.get("viewer") } })).toBeGreaterThan(0);
  expect(cookieJar.get(sessionCookie(env.BASE_URL).name)).toBe("");
});

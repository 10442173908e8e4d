import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { member, signInAs } from "@/dev/testing/fixtures";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import type { Person } from "@/lib/tenancy/access";
import { newToken } from "@/lib/tokens";
import { customerAdmin, customerMember, signedIn, staffMember } from "./guards";
import { requestedPathHeader } from "./requested-path";
import { requireCustomer, requirePerson, requireStaff } from "./session";
import { sessionCookie } from "./session-cookie";
import { createSession, deleteSession, revokeSessionsOf, sessionIdleSeconds } from "./sessions";

/** What a request brings; Next would read it from the network. */
const request = vi.hoisted(() => ({ cookies: new Map<string, string>(), headers: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => wrapped(request.cookies.get(name)) }),
  headers: async () => ({ get: (name: string) => request.headers.get(name) ?? null }),
}));
const wrapped = (value: string | undefined) => (value === undefined ? undefined : { value });

afterEach(() => {
  request.cookies.clear();
  request.headers.clear();
});

const reference = randomUUID();
const visitors = new Map<string, string | null>();

async function sessionOf({ id }: Person, now = new Date()): Promise<string> {
  const token = newToken();
  await createSession(db, { token, userId: id, now });
  return token;
}

beforeAll(async () => {
  const admin = await member("admin", reference);
  visitors.set("an admin", await sessionOf(admin.person));
  visitors.set("a viewer", await sessionOf((await member("viewer", reference)).person));
  visitors.set("another customer's admin", await sessionOf((await member("admin")).person));
  visitors.set("a member of nothing", await sessionOf(await signInAs({ email: "kim@newcomer.test" })));
  visitors.set("support", await sessionOf(await signInAs({ email: "sam@vendor.test" })));
  visitors.set("security", await sessionOf(await signInAs({ email: "sasha@vendor.test" })));
  visitors.set(
    "support by an unverified address",
    await sessionOf(await signInAs({ email: "sam@vendor.test", emailVerified: false })),
  );
  visitors.set("nobody", null);
  visitors.set("somebody with a made-up token", newToken());
  const over = new Date(Date.now() - (sessionIdleSeconds + 1) * 1_000);
  visitors.set("an admin whose session is over", await sessionOf((await member("admin", reference)).person, over));
  const signedOut = await sessionOf((await member("admin", reference)).person);
  await deleteSession(db, signedOut);
  visitors.set("an admin who signed out", signedOut);
  const revoked = await member("admin", reference);
  visitors.set("an admin whose sessions were revoked", await sessionOf(revoked.person));
  await revokeSessionsOf(db, revoked.person.id);
});

const signedInOnes = ["an admin", "a viewer", "another customer's admin", "a member of nothing", "support", "security"];
const withoutStaffRole = "support by an unverified address";

/** `allowed`, or the code of the refusal; of a page, where it sends the browser. */
async function verdict(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "allowed";
  } catch (error) {
    const { code, digest = "" } = error as { code?: string; digest?: string };
    if (digest.startsWith("NEXT_REDIRECT")) return digest.split(";")[2] ?? "";
    return code ?? digest;
  }
}

type Verdicts = Partial<Record<string, string>> & { otherwise: string; notSignedIn: string };

const tried: [what: string, work: () => Promise<unknown>, verdicts: Verdicts][] = [
  ["signedIn", signedIn, { otherwise: "allowed", notSignedIn: "not-signed-in" }],
  [
    "customerMember",
    () => customerMember({ customer: reference }),
    { "an admin": "allowed", "a viewer": "allowed", otherwise: "not-found", notSignedIn: "not-signed-in" },
  ],
  [
    "customerAdmin",
    () => customerAdmin({ customer: reference }),
    { "an admin": "allowed", "a viewer": "not-allowed", otherwise: "not-found", notSignedIn: "not-signed-in" },
  ],
  [
    "staffMember",
    staffMember,
    { support: "allowed", security: "allowed", otherwise: "not-found", notSignedIn: "not-signed-in" },
  ],
  ["requirePerson", requirePerson, { otherwise: "allowed", notSignedIn: "/sign-in" }],
  [
    "requireCustomer",
    () => requireCustomer(reference),
    {
      "an admin": "allowed",
      "a viewer": "allowed",
      otherwise: "NEXT_HTTP_ERROR_FALLBACK;404",
      notSignedIn: "/sign-in",
    },
  ],
  [
    "requireCustomer for an admin",
    () => requireCustomer(reference, "admin"),
    {
      "an admin": "allowed",
      // Is told who can.
      "a viewer": "NEXT_HTTP_ERROR_FALLBACK;403",
      otherwise: "NEXT_HTTP_ERROR_FALLBACK;404",
      notSignedIn: "/sign-in",
    },
  ],
  [
    "requireStaff",
    requireStaff,
    { support: "allowed", security: "allowed", otherwise: "NEXT_HTTP_ERROR_FALLBACK;404", notSignedIn: "/sign-in" },
  ],
];

// What next.config.js switches on.
vi.stubEnv("__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS", "true");

describe.each(tried)("%s", (_what, work, verdicts) => {
  test("lets in whom it is for, and nobody else", async () => {
    expect(visitors.size).toBe(12);
    for (const [visitor, token] of visitors) {
      request.cookies.clear();
      if (token) request.cookies.set(sessionCookie(env.BASE_URL).name, token);
      const person = [...signedInOnes, withoutStaffRole].includes(visitor);
      const expected = verdicts[visitor] ?? (person ? verdicts.otherwise : verdicts.notSignedIn);
      expect(await verdict(work), visitor).toBe(expected);
    }
  });
});

test("a guard says who acts, for whom and as what", async () => {
  request.cookies.set(sessionCookie(env.BASE_URL).name, visitors.get("a viewer") ?? "");
  const viewer = await customerMember({ customer: reference });
  expect(viewer).toMatchObject({
    customer: { reference },
    role: "viewer",
    actor: { type: "customer", id: viewer.person.id },
  });
  request.cookies.set(sessionCookie(env.BASE_URL).name, visitors.get("security") ?? "");
  const staff = await staffMember();
  expect(staff).toMatchObject({ role: "security", actor: { type: "staff", id: staff.person.id } });
});

test("a session counts by its own cookie alone", async () => {
  request.cookies.set("session", visitors.get("an admin") ?? "");
  expect(await verdict(signedIn)).toBe("not-signed-in");
});

test("who must sign in comes back to the page that was asked for", async () => {
  request.headers.set(requestedPathHeader, "/c/acme/people?tab=open&more=1");
  expect(await verdict(requirePerson)).toBe("/sign-in?callbackUrl=%2Fc%2Facme%2Fpeople%3Ftab%3Dopen%26more%3D1");
  request.headers.set(requestedPathHeader, "/");
  expect(await verdict(requirePerson)).toBe("/sign-in");
});

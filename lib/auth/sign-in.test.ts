import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningProvider, startProvider } from "@/dev/local/openid-provider/provider";
import { startProviderFront } from "@/dev/testing/provider-front";
import { SignInBrowser } from "@/dev/testing/sign-in-browser";
import { db } from "@/lib/db";
import { env, readEnv } from "@/lib/env";
import { migrate } from "@/prisma/apply-migrations";
import { demoStaff } from "@/prisma/demo-people";
import { sessionCookie } from "./session-cookie";
import { findSession } from "./sessions";

const callback = `${env.BASE_URL}/api/auth/callback/oidc`;
const client = { clientId: "crossaccount", clientSecret: "secret", customerClaim: "customer" };
let provider: RunningProvider;

beforeAll(async () => {
  provider = await startProvider({ ...client, port: 0, redirectUris: [callback] });
});
afterAll(() => provider.close());

/** A browser of someone who signs in at this provider. */
class Browser extends SignInBrowser {
  constructor(issuer = provider.issuer) {
    super({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: client.clientId, OIDC_CLIENT_SECRET: client.clientSecret });
  }
}

describe("signing in at the local provider", () => {
  test("makes a person with name, verified e-mail and the customer of the claim", async () => {
    const browser = new Browser();
    await browser.signIn("vera-novak");
    expect(await browser.whoIs()).toMatchObject({
      name: "Vera Novak",
      email: "vera@acme.test",
      emailVerified: true,
      staffRole: null,
      customers: [{ reference: "acme-robotics", role: "viewer" }],
    });
  });

  test.each([
    ["sam-okafor", "support"],
    ["sasha-petrov", "security"],
    ["ana-ferreira", null],
  ])("makes %s, by the names that the local set-up gives, %j", async (person, staffRole) => {
    const browser = new Browser();
    await browser.signIn(person);
    expect(await browser.whoIs(readEnv({ ...process.env, ...demoStaff }))).toMatchObject({ staffRole });
  });

  test("keeps neither the session's token nor the provider's", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const rows = JSON.stringify([await db.user.findMany(), await db.session.findMany()]);
    expect(rows).not.toContain(browser.session);
    expect(rows).not.toMatch(/access_token|id_token|eyJ/);
  });

  test("as someone else in the same browser replaces the session and mixes nobody up", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const before = browser.session ?? "";
    await browser.signIn("bo-lindqvist");
    expect(await browser.whoIs()).toMatchObject({
      name: "Bo Lindqvist",
      customers: [{ reference: "borealis-health" }],
    });
    expect(await findSession(db, before, new Date())).toBeNull();
  });

  test("again starts a new session and keeps the person", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const [token, person] = [browser.session, await browser.whoIs()];
    await browser.signIn("ana-ferreira");
    expect(browser.session).not.toBe(token);
    expect((await browser.whoIs())?.id).toBe(person?.id);
  });

  test("cannot be finished in another browser than it was begun in", async () => {
    const [attacker, victim] = [new Browser(), new Browser()];
    const link = await attacker.atProvider("bo-lindqvist");
    await victim.finish(link);
    expect(victim.session).toBeUndefined();
  });

  test("cannot be finished twice with the same code", async () => {
    const browser = new Browser();
    const link = await browser.atProvider("bo-lindqvist");
    const copy = new Browser();
    for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
    await browser.finish(link);
    await copy.finish(link);
    expect(browser.session).toBeDefined();
    expect(copy.session).toBeUndefined();
  });
});

describe("when the ID token and the userinfo endpoint say different things", () => {
  /** Who someone is after signing in as Kim, who is no staff, at a provider that answers so. */
  async function signedIn(idToken: object, userinfo: object | undefined, settings = env) {
    const front = await startProviderFront(provider.issuer, {
      idToken: { email: undefined, email_verified: undefined, ...idToken },
      userinfo: userinfo && { email: undefined, email_verified: undefined, ...userinfo },
    });
    try {
      const browser = new Browser(front.address);
      await browser.signIn("kim-adeyemi");
      return await browser.whoIs(settings);
    } finally {
      await front.close();
    }
  }
  const sasha = "sasha@vendor.test";

  test("a verification in one of them does not verify the e-mail of the other", async () => {
    const people = [
      await signedIn({ email_verified: true }, { email: sasha, email_verified: false }),
      await signedIn({ email_verified: true }, { email: sasha }),
      await signedIn({ email: sasha }, { email_verified: true }),
      await signedIn({ email: sasha, email_verified: false }, { email: "kim@newcomer.test", email_verified: true }),
    ];
    expect(people).toEqual(people.map(() => expect.objectContaining({ email: sasha, emailVerified: false })));
    expect(people.map((person) => person?.staffRole)).toEqual([null, null, null, null]);
  });

  test.each([
    ["ID token", { email: sasha, email_verified: true }, { email: "kim@newcomer.test", email_verified: false }],
    ["ID token, of a provider without userinfo,", { email: sasha, email_verified: true }, undefined],
    ["userinfo answer", {}, { email: sasha, email_verified: true }],
  ])("an e-mail that the %s verifies itself counts", async (_, idToken, userinfo) => {
    expect(await signedIn(idToken, userinfo)).toMatchObject({
      email: sasha,
      emailVerified: true,
      staffRole: "security",
    });
  });

  test.each([["of another"], [undefined]])("a userinfo answer with the subject %j signs nobody in", async (sub) => {
    expect(await signedIn({}, { sub, email: sasha, email_verified: true })).toBeNull();
  });

  test("a group in one of them makes staff by its exact name alone", async () => {
    const variables = { STAFF_GROUP: "nimbus:support", STAFF_SECURITY_GROUP: '["keepers", "nimbus, guests"]' };
    const settings = readEnv({ ...process.env, ...variables });
    const roles = [];
    for (const groups of [["nimbus", "support"], ["nimbus", "guests"], ["nimbus:support"], ["nimbus, guests"]]) {
      roles.push((await signedIn({ groups }, {}, settings))?.staffRole);
      roles.push((await signedIn({ groups: undefined }, { groups }, settings))?.staffRole);
    }
    expect(roles).toEqual([null, null, null, null, "support", "support", "security", "security"]);
  });

  test("whoever signed in before that was told apart has to sign in again", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    await db.$executeRaw`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_sign_in_again'`;
    await migrate(env.DATABASE_URL);
    expect(await browser.whoIs()).toBeNull();
    expect(await db.user.findMany({ where: { emailVerified: true } })).toEqual([]);
    await browser.signIn("ana-ferreira");
    expect(await browser.whoIs()).toMatchObject({ email: "ana@acme.test", emailVerified: true });
  });
});

test("the session cookie is out of scripts' reach, and kept to https where the portal is", () => {
  expect(sessionCookie("http://localhost:3000").options).toMatchObject({
    httpOnly: true,
    sameSite: "lax",
    secure: false,
  });
  const { name, options } = sessionCookie("https://portal.example");
  expect(options).toMatchObject({ httpOnly: true, sameSite: "lax", secure: true, path: "/" });
  expect(name).toMatch(/^__Host-/);
});

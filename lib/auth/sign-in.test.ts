import NextAuth from "next-auth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningProvider, startProvider } from "@/dev/local/openid-provider/provider";
import { startProviderFront } from "@/dev/testing/provider-front";
import { db } from "@/lib/db";
import { env, readEnv } from "@/lib/env";
import { personOf } from "@/lib/tenancy/access";
import { migrate } from "@/prisma/apply-migrations";
import { demoStaff } from "@/prisma/demo-people";
import { openIdProvider } from "./open-id-provider";
import { authOptions } from "./options";
import { sessionCookie } from "./session-cookie";
import { findSession } from "./sessions";

const callback = `${env.BASE_URL}/api/auth/callback/oidc`;
const client = { clientId: "crossaccount", clientSecret: "secret", customerClaim: "customer" };
let provider: RunningProvider;

beforeAll(async () => {
  provider = await startProvider({ ...client, port: 0, redirectUris: [callback] });
});
afterAll(() => provider.close());

/** A browser between the portal, whose next-auth is called without a server, and the real provider. */
class Browser {
  readonly cookies = new Map<string, string>();
  readonly #atProvider = new Map<string, string>();

  constructor(private readonly issuer = provider.issuer) {}

  get session(): string | undefined {
    return this.cookies.get(sessionCookie(env.BASE_URL).name);
  }

  /** Answers with where the portal sends the browser, or with what it shows. */
  async portal(method: string, path: string[], query: object = {}, body: object = {}) {
    const options = {
      ...authOptions(path[0] === "callback" ? { replaces: this.session } : {}),
      providers: [
        openIdProvider({
          OIDC_ISSUER: this.issuer,
          OIDC_CLIENT_ID: client.clientId,
          OIDC_CLIENT_SECRET: client.clientSecret,
        }),
      ],
    };
    const headers = new Map<string, string | string[]>();
    let answer: unknown;
    const response = {
      status: () => response,
      getHeader: (name: string) => headers.get(name.toLowerCase()),
      setHeader: (name: string, value: string | string[]) => {
        headers.set(name.toLowerCase(), value);
        return response;
      },
      end: () => undefined,
      json: (value: unknown) => {
        answer = value;
      },
      send: (value: unknown) => {
        answer = value;
      },
    };
    const request = {
      method,
      query: { nextauth: path, ...query },
      body,
      headers: {},
      cookies: Object.fromEntries(this.cookies),
    };
    await NextAuth(request as never, response as never, options);
    keep(this.cookies, [headers.get("set-cookie") ?? []].flat());
    return { location: String(headers.get("location") ?? ""), answer };
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#atProvider].map((pair) => pair.join("=")).join("; ");
    const response = await fetch(url, { ...init, redirect: "manual", headers: { ...init.headers, cookie } });
    keep(this.#atProvider, response.headers.getSetCookie());
    return response;
  }

  /** Goes as far as the provider lets the person: the address back to the portal, with its code. */
  async atProvider(person: string): Promise<URL> {
    const { answer } = await this.portal("GET", ["csrf"]);
    const { csrfToken } = answer as { csrfToken: string };
    const { location } = await this.portal("POST", ["signin", "oidc"], {}, { csrfToken, callbackUrl: env.BASE_URL });
    let url = new URL(location);
    let response = await this.#fetch(url.href);
    for (let hops = 0; hops < 5; hops += 1) {
      if (response.status === 200) {
        const body = new URLSearchParams({ person });
        response = await this.#fetch(url.href, { method: "POST", body });
      }
      url = new URL(response.headers.get("location") ?? "", url);
      if (url.href.startsWith(callback)) return url;
      response = await this.#fetch(url.href);
    }
    throw new Error("The provider never sent the browser back.");
  }

  async signIn(person: string): Promise<void> {
    await this.finish(await this.atProvider(person));
  }

  finish(url: URL): Promise<unknown> {
    return this.portal("GET", ["callback", "oidc"], Object.fromEntries(url.searchParams));
  }
}

function keep(jar: Map<string, string>, setCookies: readonly string[]): void {
  for (const text of setCookies) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
}

async function whoIs({ session = "" }: Browser, settings = env) {
  const found = await findSession(db, session, new Date());
  return found && personOf(db, found.user, settings);
}

describe("signing in at the local provider", () => {
  test("makes a person with name, verified e-mail and the customer of the claim", async () => {
    const browser = new Browser();
    await browser.signIn("vera-novak");
    expect(await whoIs(browser)).toMatchObject({
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
    expect(await whoIs(browser, readEnv({ ...process.env, ...demoStaff }))).toMatchObject({ staffRole });
  });

  test("keeps neither the session's token nor the provider's", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const rows = JSON.stringify([await db.user.findMany(), await db.session.findMany()]);
    expect(rows).not.toContain(browser.session);
    expect(rows).not.toMatch(/access_token|id_token|eyJ/);
  });

  test("as somebody else in the same browser replaces the session and mixes nobody up", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const before = browser.session ?? "";
    await browser.signIn("bo-lindqvist");
    expect(await whoIs(browser)).toMatchObject({ name: "Bo Lindqvist", customers: [{ reference: "borealis-health" }] });
    expect(await findSession(db, before, new Date())).toBeNull();
  });

  test("again starts a new session and keeps the person", async () => {
    const browser = new Browser();
    await browser.signIn("ana-ferreira");
    const [token, person] = [browser.session, await whoIs(browser)];
    await browser.signIn("ana-ferreira");
    expect(browser.session).not.toBe(token);
    expect((await whoIs(browser))?.id).toBe(person?.id);
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
  /** Who somebody is after signing in as Kim, who is no staff, at a provider that answers so. */
  async function signedIn(idToken: object, userinfo: object | undefined, settings = env) {
    const front = await startProviderFront(provider.issuer, {
      idToken: { email: undefined, email_verified: undefined, ...idToken },
      userinfo: userinfo && { email: undefined, email_verified: undefined, ...userinfo },
    });
    try {
      const browser = new Browser(front.address);
      await browser.signIn("kim-adeyemi");
      return await whoIs(browser, settings);
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
    expect(await whoIs(browser)).toBeNull();
    expect(await db.user.findMany({ where: { emailVerified: true } })).toEqual([]);
    await browser.signIn("ana-ferreira");
    expect(await whoIs(browser)).toMatchObject({ email: "ana@acme.test", emailVerified: true });
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

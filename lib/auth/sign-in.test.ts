import NextAuth from "next-auth";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { type RunningProvider, startProvider } from "@/script/openid-provider/provider";
import { personOf } from "./access";
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

  get session(): string | undefined {
    return this.cookies.get(sessionCookie(env.BASE_URL).name);
  }

  /** Answers with where the portal sends the browser, or with what it shows. */
  async portal(method: string, path: string[], query: object = {}, body: object = {}) {
    const options = {
      ...authOptions(path[0] === "callback" ? { replaces: this.session } : {}),
      providers: [
        openIdProvider({
          OIDC_ISSUER: provider.issuer,
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

async function whoIs({ session = "" }: Browser) {
  const found = await findSession(db, session, new Date());
  return found && personOf(db, found.user, env);
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

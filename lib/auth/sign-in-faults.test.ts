import { afterEach, describe, expect, test, vi } from "vitest";
import type { Manners } from "@/dev/testing/identity-provider/manners";
import { okta } from "@/dev/testing/identity-provider/manners/okta";
import { directory } from "@/dev/testing/identity-provider/people";
import { type IdentityProvider, type Mischief, startIdentityProvider } from "@/dev/testing/identity-provider/server";
import { SignInBrowser } from "@/dev/testing/sign-in-browser";
import { type Env, env } from "@/lib/env";
import { explainFault } from "./explain-fault";

const secret = "a-client-secret-of-more-than-32-characters";
const running: IdentityProvider[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((provider) => provider.close()));
});

async function begin({
  manners = {},
  mischief = {},
  settings = {},
}: {
  manners?: Partial<Manners>;
  mischief?: Mischief;
  settings?: Partial<Env>;
}) {
  const provider = await startIdentityProvider({
    manners: { ...okta, idToken: () => ({ email: "kim@newcomer.example", email_verified: true }), ...manners },
    people: directory(),
    client: { id: "portal", secret, redirectUri: `${env.BASE_URL}/api/auth/callback/oidc` },
  });
  running.push(provider);
  Object.assign(provider.mischief, mischief);
  const browser = new SignInBrowser({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: "portal",
    OIDC_CLIENT_SECRET: secret,
    ...settings,
  });
  return { provider, browser };
}

/** What a failed sign-in leaves behind: one line in the log and the code that the page explains. */
async function failure(given: Parameters<typeof begin>[0]) {
  const { browser } = await begin(given);
  const code = await browser.signIn("kim");
  expect(await browser.whoIs()).toBeNull();
  expect(browser.log).toHaveLength(1);
  const [line] = browser.log;
  return { code, log: `${line?.level} ${line?.message}: ${(line?.err as Error | undefined)?.message}` };
}

const never = { after: "nothing" } as const;
const hasty = { OIDC_TIMEOUT_MS: 500 };

describe("a sign-in that the provider does not let through says why", () => {
  test.each([
    ["access_denied", "access-denied", /who may use this application/],
    ["consent_required", "access-denied", /who may use this application/],
    ["server_error", "provider-busy", /at the moment/],
    ["temporarily_unavailable", "provider-busy", /at the moment/],
    ["invalid_scope", "provider-refused", /OIDC_SCOPE.*\(invalid_scope\)/],
    ["unauthorized_client", "provider-refused", /OIDC_CLIENT_ID/],
    ["constructor", "provider-refused", /OIDC_CLIENT_ID/],
    [`<script>${"x".repeat(5_000)}`, "provider-refused", /^.{1,300}\(an error code that is none\)$/],
  ])("error=%s", async (refuses, code, log) => {
    const failed = await failure({ mischief: { refuses } });
    expect(failed.code).toBe(code);
    expect(failed.log).toMatch(log);
  });

  test("a wrong client secret", async () => {
    const failed = await failure({ settings: { OIDC_CLIENT_SECRET: "wrong" } });
    expect(failed).toMatchObject({
      code: "client-refused",
      log: expect.stringContaining("OIDC_CLIENT_SECRET") as string,
    });
    expect(failed.log).not.toContain("wrong");
  });

  test.each([
    [{ path: "/token", status: 503, body: {} }, "provider-busy", /status 503/],
    [{ path: "/token", status: 400, body: { error: "invalid_request" } }, "code-refused", /redirect address/],
    [{ path: "/token", status: 200, body: { access_token: "x" } }, "token-refused", /ID token/],
    [{ path: "/token", status: 200, body: "text" }, "token-refused", /ID token/],
    [{ path: "/keys", status: 200, body: { keys: [] } }, "token-refused", /ID token/],
    [{ path: "/keys", status: 500, body: {} }, "provider-busy", /status 500/],
  ])("%j", async (answers, code, log) => {
    expect(await failure({ mischief: { answers } })).toMatchObject({ code, log: expect.stringMatching(log) as string });
  });

  test.each([
    { path: "/token", ...never },
    { path: "/token", after: "headers" as const },
    { path: "/keys", ...never },
  ])("a provider that does not answer in time: %j", async (hangs) => {
    const failed = await failure({ mischief: { hangs }, settings: hasty });
    expect(failed).toEqual({
      code: "provider-slow",
      log: expect.stringContaining("within OIDC_TIMEOUT_MS") as string,
    });
  });

  test.each([
    ["another issuer", { iss: "https://id.example" }],
    ["another audience", { aud: "another-portal" }],
    ["another nonce", { nonce: "of-someone-else" }],
    ["a time that is past", { exp: 1_000_000_000 }],
  ])("an ID token with %s", async (_, idToken) => {
    const failed = await failure({ mischief: { idToken } });
    expect(failed).toMatchObject({ code: "token-refused", log: expect.stringContaining("OIDC_ISSUER") as string });
  });

  test.each(["token_endpoint", "jwks_uri", "userinfo_endpoint"])("a discovery whose %s is not https", async (name) => {
    for (const address of ["http://id.example/x", "not an address"]) {
      const failed = await failure({ mischief: { discovery: { [name]: address } } });
      expect(failed.code).toBe("provider-unreachable");
      expect(failed.log).toContain(`names a ${name} that is not https`);
    }
  });

  test.each(["ki\0m", "ki\ud800m", "", "x".repeat(3_000)])("a subject that cannot be kept: %j", async (sub) => {
    expect(await failure({ mischief: { idToken: { sub }, userinfo: { sub } } })).toMatchObject({
      code: expect.stringMatching(/unreadable-person|token-refused/) as string,
    });
  });
});

describe("an answer that goes on and on is cut off", () => {
  const cutOff = { level: "warn", message: "an answer of the identity provider was longer than 2 MiB and was cut off" };
  const without = (path: string) => begin({ mischief: { hangs: { path, after: "floods" } } });
  const bound = 16 * 1024 * 1024;

  test.each(["/token", "/keys"])("of %s: nobody is signed in", async (path) => {
    const { provider, browser } = await without(path);
    expect(await browser.signIn("kim")).toBe("provider-unreachable");
    expect(browser.log).toMatchObject([cutOff, { code: "provider-unreachable" }]);
    expect(provider.taken).toBeLessThan(bound);
  });

  test("of discovery: no sign-in begins", async () => {
    const { provider, browser } = await without("/oauth2/default/.well-known/openid-configuration");
    expect((await browser.begin()).searchParams.get("error")).toBe("provider-unreachable");
    expect(browser.log).toMatchObject([cutOff, { code: "provider-unreachable" }]);
    expect(provider.taken).toBeLessThan(bound);
  });

  test("of userinfo: the ID token is enough", async () => {
    const { provider, browser } = await without("/userinfo");
    expect(await browser.signIn("kim")).toBeNull();
    expect(browser.log).toMatchObject([cutOff, { message: "signed in" }]);
    expect(provider.taken).toBeLessThan(bound);
  });

  test("of a byte now and then: it has its time", async () => {
    const { provider, browser } = await begin({
      mischief: { hangs: { path: "/token", after: "drops" } },
      settings: hasty,
    });
    expect(await browser.signIn("kim")).toBe("provider-slow");
    await vi.waitFor(async () => expect(await provider.connections()).toBe(0), 5_000);
  });
});

describe("a sign-in that cannot begin says why", () => {
  const discovery = "/oauth2/default/.well-known/openid-configuration";
  test.each([
    [{ answers: { path: discovery, status: 404, body: {} } }, "provider-unreachable"],
    [{ answers: { path: discovery, status: 503, body: {} } }, "provider-busy"],
    [{ hangs: { path: discovery, ...never } }, "provider-slow"],
    [{ hangs: { path: discovery, after: "headers" as const } }, "provider-slow"],
  ])("%j", async (mischief, code) => {
    const { browser } = await begin({ mischief, settings: hasty });
    const shown = await browser.begin();
    expect(`${shown.origin}${shown.pathname}`).toBe(`${env.BASE_URL}/sign-in`);
    expect(shown.searchParams.get("error")).toBe(code);
    expect(browser.log).toMatchObject([{ level: "warn", code }]);
  });

  test("nobody answers at the issuer", async () => {
    const { browser } = await begin({ settings: { OIDC_ISSUER: "http://127.0.0.1:9" } });
    expect((await browser.begin()).searchParams.get("error")).toBe("provider-unreachable");
    expect(String(browser.log[0]?.err)).toMatch(/openid-configuration.*ECONNREFUSED/);
  });
});

function spoil(browser: SignInBrowser, names: RegExp): void {
  const spoilt = [...browser.cookies.keys()].filter((name) => names.test(name));
  expect(spoilt).not.toEqual([]);
  for (const name of spoilt) browser.cookies.set(name, "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..a.b.c");
}

describe("a sign-in that was lost on the way says so", () => {
  test.each([
    ["no cookies came back", (browser: SignInBrowser) => browser.cookies.clear()],
    ["they are of another secret", (browser: SignInBrowser) => spoil(browser, /state|pkce|nonce/)],
    ["one of them is not ours", (browser: SignInBrowser) => spoil(browser, /callback-url/)],
  ])("%s", async (_, lose) => {
    const { browser } = await begin({});
    const link = await browser.atProvider("kim");
    lose(browser);
    expect(await browser.finish(link)).toBe("sign-in-lost");
  });

  test("the code was used, or the state is another's", async () => {
    const { browser } = await begin({});
    const link = await browser.atProvider("kim");
    const cookies = new Map(browser.cookies);
    expect(await browser.finish(link)).toBeNull();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    expect(await browser.finish(link)).toBe("sign-in-lost");
    const again = await browser.atProvider("kim");
    again.searchParams.set("state", "another");
    expect(await browser.finish(again)).toBe("sign-in-lost");
  });
});

describe("the ID token is enough where userinfo", () => {
  test.each([
    ["is refused", { manners: { userinfo: () => 401 } }, /status 401/],
    ["fails", { mischief: { answers: { path: "/userinfo", status: 500, body: {} } } }, /status 500/],
    [
      "is no JSON object",
      { mischief: { answers: { path: "/userinfo", status: 200, body: ["kim"] } } },
      /no JSON object/,
    ],
    ["is null", { mischief: { answers: { path: "/userinfo", status: 200, body: null } } }, /no JSON object/],
    [
      "never ends",
      { mischief: { hangs: { path: "/userinfo", after: "headers" as const } }, settings: hasty },
      /OIDC_TIMEOUT_MS/,
    ],
    ["never begins", { mischief: { hangs: { path: "/userinfo", ...never } }, settings: hasty }, /timed out/],
  ])("%s, and the log says so", async (_, given, trouble) => {
    const { browser } = await begin(given);
    expect(await browser.signIn("kim")).toBeNull();
    expect(await browser.whoIs()).toMatchObject({ email: "kim@newcomer.example", emailVerified: true });
    expect(browser.log).toMatchObject([
      { level: "warn", message: "signed in", trouble: [expect.stringMatching(trouble) as string] },
    ]);
  });

  test("userinfo as a signed JWT is read, once its signature is verified", async () => {
    const { browser } = await begin({ mischief: { signedUserinfo: true } });
    expect(await browser.signIn("kim")).toBeNull();
    expect(await browser.whoIs()).toMatchObject({ name: "Kim Adeyemi" });
    expect(browser.log).toMatchObject([{ level: "info" }]);
  });

  test.each(["none", "HS256"] as const)("userinfo as a JWT signed by %s is not used", async (alg) => {
    const header = Buffer.from(JSON.stringify({ alg })).toString("base64url");
    const claims = Buffer.from(JSON.stringify({ sub: "kim", groups: ["staff"] })).toString("base64url");
    const { browser, provider } = await begin({ mischief: { signedUserinfo: true } });
    provider.mischief.jwt = `${header}.${claims}.`;
    expect(await browser.signIn("kim")).toBeNull();
    expect(browser.log[0]?.trouble).toEqual([expect.stringContaining(`signed by ${alg}`)]);
  });
});

describe("ID tokens", () => {
  test.each(["RS256", "PS256", "ES256", "EdDSA"] as const)(
    "signed by %s are taken where discovery offers it",
    async (algorithm) => {
      const { browser } = await begin({ manners: { algorithm } });
      expect(await browser.signIn("kim")).toBeNull();
      const other = await failure({
        manners: { algorithm, discovery: { id_token_signing_alg_values_supported: ["RS384"] } },
      });
      expect(other).toMatchObject({
        code: "token-refused",
        log: expect.stringContaining(
          `signed by ${algorithm}; this portal takes, of what discovery offers, RS384`,
        ) as string,
      });
    },
  );

  test("are taken by RS256 where discovery says nothing", async () => {
    const silent = { discovery: { id_token_signing_alg_values_supported: undefined } };
    expect(await (await begin({ manners: silent })).browser.signIn("kim")).toBeNull();
    expect(await failure({ manners: { ...silent, algorithm: "ES256" } })).toMatchObject({ code: "token-refused" });
  });

  test("without a signature are never taken", async () => {
    const offered = { id_token_signing_alg_values_supported: ["none", "RS256"] };
    expect(await failure({ manners: { algorithm: "none", discovery: offered } })).toMatchObject({
      code: "token-refused",
      log: expect.stringContaining("signed by none") as string,
    });
  });

  test("signed by the client's secret are taken by choice only, and then no others are", async () => {
    expect(await failure({ manners: { algorithm: "HS256" } })).toMatchObject({ code: "token-refused" });
    const settings = { OIDC_ID_TOKEN_ALG: "HS256" } as const;
    expect(await (await begin({ manners: { algorithm: "HS256" }, settings })).browser.signIn("kim")).toBeNull();
    expect(await failure({ manners: { algorithm: "RS256" }, settings })).toMatchObject({ code: "token-refused" });
  });
});

test("the sign-in page says of every fault what to do, and of nothing else", () => {
  const codes = [
    "access-denied",
    "provider-refused",
    "provider-busy",
    "sign-in-lost",
    "provider-unreachable",
    "provider-slow",
  ];
  const grave = [
    "client-refused",
    "code-refused",
    "token-refused",
    "another-person",
    "unreadable-person",
    "not-recorded",
  ];
  const sentences = [...codes, ...grave].map((code) => explainFault(code, "help@vendor.example"));
  expect(new Set(sentences).size).toBe(12);
  for (const sentence of sentences)
    expect(sentence).toMatch(/try again|write to help@vendor\.example|ask your company's administrator/i);
  const unknown = explainFault("<b>Pay here</b>", "help@vendor.example");
  expect(unknown).toBe(explainFault("constructor", "help@vendor.example"));
  expect(unknown).not.toContain("Pay");
});

import { describe, expect, test } from "vitest";
import { type Env, readEnv } from "./env";

function read(variables: Record<string, string>): Env | string {
  try {
    return readEnv({ ...process.env, CUSTOMER_CLAIM: "", ...variables });
  } catch (error) {
    return (error as Error).message;
  }
}

describe("the address of the portal", () => {
  test.each([
    ["https://connect.example.com/", "https://connect.example.com"],
    ["HTTPS://Connect.Example.com", "https://connect.example.com"],
    ["https://connect.example.com:443", "https://connect.example.com"],
    ["https://münchen.example", "https://xn--mnchen-3ya.example"],
    ["http://LOCALHOST:3000//", "http://localhost:3000"],
  ])("%s is %s", (given, origin) => {
    expect(read({ BASE_URL: given })).toMatchObject({ BASE_URL: origin });
  });

  test.each([
    "https://example.com/portal",
    "https://example.com/?a=1",
    "https://example.com/#a",
    "https://user:hush-hush@example.com",
  ])("%s is refused with a sentence", (given) => {
    const complaint = read({ BASE_URL: given });
    expect(complaint).toMatch(/BASE_URL must be the address alone, such as https:\/\/connect\.example\.com/);
    expect(complaint).not.toContain("hush-hush");
  });

  test.each(["connect.example.com", "ftp://example.com", "https://", "https:/ /x"])("%s is no address", (given) => {
    expect(read({ BASE_URL: given })).toMatch(/BASE_URL must/);
  });
});

describe("the settings of the provider", () => {
  test("have defaults", () => {
    expect(read({})).toMatchObject({
      OIDC_SCOPE: "openid email profile",
      OIDC_GROUPS_CLAIM: "groups",
      OIDC_TIMEOUT_MS: 10_000,
      OIDC_TRUST_EMAIL: false,
    });
  });

  test.each([
    ["OIDC_ISSUER", "https://id.example/.well-known/openid-configuration", /the issuer/],
    ["OIDC_ISSUER", "https://id.example/?tenant=1", /question mark/],
    ["OIDC_ISSUER", "id.example", /an address/],
    ["OIDC_SCOPE", "email profile", /openid among them/],
    ["OIDC_SCOPE", 'openid "groups"', /openid among them/],
    ["OIDC_TIMEOUT_MS", "10s", /whole number/],
    ["OIDC_TIMEOUT_MS", "0", /at least/],
    ["OIDC_TRUST_EMAIL", "maybe", /on or off/],
    ["OIDC_ID_TOKEN_ALG", "none", /one algorithm/],
  ])("%s=%s is refused with a sentence", (name, value, sentence) => {
    const complaint = read({ [name]: value });
    expect(complaint).toContain(`  ${name} `);
    expect(complaint).toMatch(sentence);
  });

  test("a client secret that is the key of the ID tokens must not be guessable", () => {
    const alg = { OIDC_ID_TOKEN_ALG: "HS256" };
    expect(read({ ...alg, OIDC_CLIENT_SECRET: "s".repeat(31) })).toContain("OIDC_CLIENT_SECRET must have 32");
    expect(read({ ...alg, OIDC_CLIENT_SECRET: "s".repeat(32) })).toMatchObject(alg);
  });
});

describe("Entra's issuers for every tenant", () => {
  const shared = [
    "https://login.microsoftonline.com/common/v2.0",
    "https://login.microsoftonline.com/organizations/v2.0/",
    "https://login.microsoftonline.com/consumers/v2.0",
    "HTTPS://LOGIN.microsoftonline.com/Common",
    "https://login.microsoftonline.com./common/v2.0",
    "https://login.microsoftonline.com/9188040d-6c67-4b5b-b112-36a304b66dad/v2.0",
    "https://login.microsoftonline.us/organizations/v2.0",
    "https://login.partner.microsoftonline.cn/common/v2.0",
    "https://login.windows.net/common",
    "https://sts.windows.net/common/",
    "https://login.microsoft.com/common/v2.0",
    "https://login.chinacloudapi.cn/common",
  ];
  const own = "https://login.microsoftonline.com/7f1b7f2c-0000-4000-8000-000000000001/v2.0";

  test.each([
    ["OIDC_TRUST_EMAIL", "on"],
    ["STAFF_GROUP", "helpers"],
    ["STAFF_SECURITY_GROUP", "keepers"],
    ["CUSTOMER_CLAIM", "customer"],
  ])("start with no %s, by which any tenant's administrator could let people in", (name, value) => {
    for (const issuer of shared)
      expect(read({ OIDC_ISSUER: issuer, [name]: value }), issuer).toMatch(new RegExp(`  ${name} must .*Entra`));
    expect(read({ OIDC_ISSUER: own, [name]: value })).toMatchObject({ OIDC_ISSUER: own });
  });

  test("are fine without, and with the tenant as the customer", () => {
    for (const issuer of shared)
      expect(read({ OIDC_ISSUER: issuer, CUSTOMER_CLAIM: "tid" })).toMatchObject({ CUSTOMER_CLAIM: "tid" });
  });
});

import { describe, expect, test } from "vitest";
import { proxyEnvironment, proxyWarnings, readEnv } from "./env";

const complete = {
  BASE_URL: "https://connect.example.com/",
  DATABASE_URL: "postgresql://portal@db.example.com/portal",
  CROSSACCOUNT_AWS: "aws",
  AUTH_SECRET: "0123456789abcdef0123456789abcdef",
  OIDC_ISSUER: "https://login.example.com",
  OIDC_CLIENT_ID: "portal",
  OIDC_CLIENT_SECRET: "hush-hush",
  ENCRYPTION_KEYS: `2026:${Buffer.alloc(32, 7).toString("base64")}`,
};

test("a complete environment is read", () => {
  const env = readEnv(complete);
  expect(env.BASE_URL).toBe("https://connect.example.com");
  expect(env.ENCRYPTION_KEYS?.[0]?.id).toBe("2026");
  expect(env.ENCRYPTION_KEYS?.[0]?.key).toHaveLength(32);
});

test("one message names every fault at once and quotes no value", () => {
  const broken = {
    ...complete,
    DATABASE_URL: "mysql://portal:hush-hush@db",
    AUTH_SECRET: "too short",
    OIDC_CLIENT_ID: "",
    ENCRYPTION_KEYS: "2026:c2hvcnQ=",
    SESSION_DURATION: "10",
    SERVICE_ACCOUNT_ID: "42",
  };
  const fault = messageOf(broken);
  for (const name of [
    "DATABASE_URL",
    "AUTH_SECRET",
    "OIDC_CLIENT_ID is missing",
    "ENCRYPTION_KEYS",
    "SESSION_DURATION",
    "SERVICE_ACCOUNT_ID",
  ])
    expect(fault).toContain(name);
  for (const value of ["hush-hush", "too short", "c2hvcnQ="]) expect(fault).not.toContain(value);
});

test.each([
  ["no key at all", { ENCRYPTION_KEYS: "" }, "ENCRYPTION_KEYS"],
  ["a sandbox without an address", { CROSSACCOUNT_AWS: "sandbox" }, "AWS_ENDPOINT_URL"],
  ["sign-in over plain http", { OIDC_ISSUER: "http://login.example.com" }, "OIDC_ISSUER"],
  ["a portal over plain http", { BASE_URL: "http://connect.example.com" }, "BASE_URL"],
  [
    "an empty environment",
    Object.fromEntries(Object.keys(complete).map((name) => [name, ""])),
    "AUTH_SECRET is missing",
  ],
])("refuses %s", (_, change, name) => {
  expect(messageOf({ ...complete, ...change })).toContain(name);
});

test("plain http is fine on this machine, and KMS needs no local key", () => {
  expect(() =>
    readEnv({ ...complete, BASE_URL: "http://localhost:3000", ENCRYPTION_KEYS: undefined, KMS_KEY_ID: "alias/portal" }),
  ).not.toThrow();
});

function messageOf(environment: Record<string, string | undefined>): string {
  try {
    readEnv(environment);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("the environment was accepted");
}

test("real AWS is not asked by http, and a schema that would be ignored is refused", () => {
  const faulty = {
    ...complete,
    AWS_ENDPOINT_URL: "http://localhost:4566",
    DATABASE_URL: `${complete.DATABASE_URL}?schema=portal`,
  };
  expect(() => readEnv(faulty)).toThrow(/AWS_ENDPOINT_URL must begin with https:\/\//);
  expect(() => readEnv(faulty)).toThrow(/DATABASE_URL must not have .schema=.*search_path/);
  expect(readEnv({ ...faulty, ...complete, AWS_ENDPOINT_URL: "https://aws.example.com" })).toBeDefined();
});

describe("a proxy", () => {
  const HTTPS_PROXY = "http://user:hush-hush@proxy.example:3128";

  test("is used as Node's agents take it, small letters first, and the way out is direct without one", () => {
    expect(proxyEnvironment(readEnv({ ...complete, HTTPS_PROXY, NO_PROXY: ".example.com" }))).toEqual({
      HTTPS_PROXY,
      NO_PROXY: ".example.com",
    });
    expect(proxyEnvironment(readEnv({ ...complete, HTTPS_PROXY, https_proxy: "http://other:1" }))).toEqual({
      HTTPS_PROXY: "http://other:1",
    });
    expect(proxyEnvironment(readEnv({ ...complete, HTTPS_PROXY: "", NO_PROXY: "*" }))).toBeUndefined();
  });

  test.each(["proxy.example:3128", "socks5://hush-hush@proxy.example", "hush-hush", "http://"])(
    "that cannot be one is refused without a word of it: %s",
    (https_proxy) => {
      const message = messageOf({ ...complete, https_proxy });
      expect(message).toMatch(/https_proxy must be an address such as http:/);
      expect(message).not.toContain("hush-hush");
    },
  );

  test.each([
    ["22.20.0", [/Node 22.20.0 cannot lead requests through a proxy/]],
    ["23.11.0", [/Node 23.11.0 cannot/]],
    ["24.4.1", [/Node 24.4.1 cannot/]],
    ["22.21.0", []],
    ["24.5.0", []],
    ["26.0.0", []],
  ])("with Node %s", (node, warnings) => {
    const expected = warnings.map((pattern) => expect.stringMatching(pattern) as string);
    expect(proxyWarnings({ HTTPS_PROXY, HTTP_PROXY: HTTPS_PROXY }, node)).toEqual(expected);
  });

  test("for http alone is named, and not its address", () => {
    const [warning, ...others] = proxyWarnings({ http_proxy: HTTPS_PROXY }, "24.21.0");
    expect(warning).toMatch(/^http_proxy is set and HTTPS_PROXY is not/);
    expect(warning).not.toContain("hush-hush");
    expect(others).toEqual([]);
    expect(proxyWarnings({ HTTP_PROXY: "" }, "24.21.0")).toEqual([]);
  });
});

test.each(["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])(
  "%s is written as the SDK reads it, and chooses among AWS's own addresses",
  (name) => {
    for (const value of ["TRUE", "1", "yes"])
      expect(messageOf({ ...complete, [name]: value })).toMatch(new RegExp(`${name} must be true or false`));
    const elsewhere = { ...complete, AWS_ENDPOINT_URL: "https://aws.example.com" };
    expect(messageOf({ ...elsewhere, [name]: "true" })).toMatch(new RegExp(`${name} must not be true beside AWS_END`));
    expect(readEnv({ ...elsewhere, [name]: "false" })).toHaveProperty(name, "false");
    expect(readEnv({ ...complete, [name]: "true" })).toHaveProperty(name, "true");
  },
);

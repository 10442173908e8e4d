import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { member } from "@/dev/testing/fixtures";
import type { Manners } from "@/dev/testing/identity-provider/manners";
import { adFs } from "@/dev/testing/identity-provider/manners/ad-fs";
import { auth0 } from "@/dev/testing/identity-provider/manners/auth0";
import { cognito } from "@/dev/testing/identity-provider/manners/cognito";
import { dex } from "@/dev/testing/identity-provider/manners/dex";
import { entra, entraOverage } from "@/dev/testing/identity-provider/manners/entra";
import { google } from "@/dev/testing/identity-provider/manners/google";
import { keycloak } from "@/dev/testing/identity-provider/manners/keycloak";
import { okta } from "@/dev/testing/identity-provider/manners/okta";
import { directory } from "@/dev/testing/identity-provider/people";
import { type IdentityProvider, type Mischief, startIdentityProvider } from "@/dev/testing/identity-provider/server";
import { SignInBrowser } from "@/dev/testing/sign-in-browser";
import { type Env, env, readEnv } from "@/lib/env";
import { acceptInvitation } from "@/lib/people/accept-invitation";
import { invitePerson } from "@/lib/people/invite-person";

interface Product {
  manners: Manners;
  /** What this product calls the groups of staff; absent where it has none. */
  groups?: { support: string; security: string };
  /** Whether it says that e-mails are verified. */
  verifies: boolean;
  /** Whether someone is in a customer by a claim. */
  customers?: true;
}

const roles = { support: "portal-support", security: "portal-security" };
const products: Record<string, Product> = {
  Okta: { manners: okta, groups: { support: "Portal Support", security: "Portal Security" }, verifies: true },
  "Microsoft Entra ID": {
    manners: entra,
    groups: { support: "Portal.Support", security: "Portal.Security" },
    verifies: false,
  },
  Google: { manners: google, verifies: true },
  Auth0: { manners: auth0, groups: roles, verifies: true, customers: true },
  Keycloak: { manners: keycloak, groups: roles, verifies: true, customers: true },
  "Amazon Cognito": { manners: cognito, groups: roles, verifies: true, customers: true },
  Dex: {
    manners: dex,
    groups: { support: "example-org:portal-support", security: "example-org:portal-security" },
    verifies: true,
  },
  "AD FS": {
    manners: adFs,
    groups: { support: "EXAMPLE\\Portal Support", security: "EXAMPLE\\Portal Security" },
    verifies: false,
  },
};

const nothing = {
  CUSTOMER_CLAIM: "",
  STAFF_EMAILS: "",
  STAFF_GROUP: "",
  STAFF_SECURITY_EMAILS: "",
  STAFF_SECURITY_GROUP: "",
};
const readSettings = (variables: Record<string, string | undefined>) =>
  readEnv({ ...process.env, ...nothing, ...variables });

const document = await readFile("docs/sign-in.md", "utf8");
/** The environment that each section of the document gives, by its heading. */
const sections = new Map(
  document.split(/^## /m).flatMap((section) => {
    const [, block] = /^```sh\n(.*?)^```$/ms.exec(section) ?? [];
    return block === undefined ? [] : [[section.slice(0, section.indexOf("\n")), parseEnv(block)] as const];
  }),
);

const running: IdentityProvider[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((provider) => provider.close()));
});

/** Starts a provider with the manners of a product, and answers with browsers that know it by the document's settings. */
async function start(
  name: string,
  {
    manners,
    mischief = {},
    settings = {},
  }: { manners?: Manners; mischief?: Mischief; settings?: Record<string, string> } = {},
) {
  const product = products[name];
  const documented = sections.get(name);
  if (!product || !documented) throw new Error(`there is no ${name}`);
  const provider = await startIdentityProvider({
    manners: manners ?? product.manners,
    people: directory(product.groups),
    client: {
      id: documented.OIDC_CLIENT_ID ?? "",
      secret: documented.OIDC_CLIENT_SECRET ?? "",
      redirectUri: `${env.BASE_URL}/api/auth/callback/oidc`,
    },
  });
  running.push(provider);
  Object.assign(provider.mischief, mischief);
  // The product's own host cannot be asked here: the test's stands in, with the same path behind it.
  const { origin } = new URL(documented.OIDC_ISSUER ?? "");
  const issuer = (documented.OIDC_ISSUER ?? "").replace(origin, new URL(provider.issuer).origin);
  const read = readSettings({ ...documented, ...settings, OIDC_ISSUER: issuer });
  const enter = async (person: string, changed: Partial<Env> = {}) => {
    const browser = new SignInBrowser(changed, read);
    expect(await browser.signIn(person)).toBeNull();
    return { person: await browser.whoIs(), log: browser.log[0] };
  };
  return { provider, issuer, enter };
}

test("the document has a section with settings for each of these products, and for no other", () => {
  expect([...sections.keys()].sort()).toEqual(Object.keys(products).sort());
});

describe.each(Object.entries(products))(
  "%s, with the settings of its section",
  (name, { groups, verifies, customers }) => {
    test("starts", () => {
      expect(readSettings(sections.get(name) ?? {}).OIDC_ISSUER).toMatch(/^https:/);
    });

    test("its issuer is that which the product has", async () => {
      const { provider, issuer } = await start(name);
      expect(issuer).toBe(provider.issuer);
    });

    test("makes staff of those who are, and of nobody else", async () => {
      const { enter } = await start(name);
      expect((await enter("sam")).person).toMatchObject({ staffRole: "support", email: "sam@vendor.example" });
      expect((await enter("sasha")).person?.staffRole).toBe("security");
      for (const subject of ["ana", "kim"]) {
        const { person, log } = await enter(subject);
        expect(person?.staffRole).toBeNull();
        expect(String(log?.notStaff)).toContain(groups ? "by group: the claim" : "STAFF_EMAILS");
      }
    });

    test("says whose the e-mail is", async () => {
      const { enter } = await start(name);
      expect((await enter("kim")).person).toMatchObject({ emailVerified: verifies, invitedAs: "kim@newcomer.example" });
      const untrusted = await enter("kim", { OIDC_TRUST_EMAIL: false });
      expect(untrusted.person?.invitedAs).toBe(verifies ? "kim@newcomer.example" : null);
    });

    test("makes nobody staff by an e-mail that was not verified", async () => {
      const { enter } = await start(name);
      const { person } = await enter("kim", { STAFF_EMAILS: ["kim@newcomer.example"] });
      expect(person?.staffRole).toBe(verifies ? "support" : null);
    });

    test("lets someone accept their invitation", async () => {
      const admin = await member();
      const { token } = await invitePerson(admin, { email: "kim@newcomer.example", role: "viewer" }, new Date());
      const { enter } = await start(name);
      const { person } = await enter("kim");
      if (!person) throw new Error("nobody is signed in");
      expect(await acceptInvitation(person, token, new Date())).toEqual({ customer: admin.customer.reference });
    });

    test("says who belongs to which customer", async () => {
      const { enter } = await start(name);
      const { person, log } = await enter("ana");
      if (customers) expect(person?.customers).toMatchObject([{ reference: "acme", role: "admin" }]);
      else expect(String(log?.notMember)).toContain("CUSTOMER_CLAIM is not set");
    });
  },
);

describe("what a section warns of", () => {
  test.each(["Okta", "Dex"])("%s gives no groups without the scope", async (name) => {
    const { enter } = await start(name, { settings: { OIDC_SCOPE: "openid email profile" } });
    expect(await enter("sam")).toMatchObject({
      person: { staffRole: null },
      log: { notStaff: "by group: the claim groups is absent" },
    });
  });

  test("Entra's overage is told", async () => {
    const { enter } = await start("Microsoft Entra ID", {
      manners: entraOverage,
      settings: { OIDC_GROUPS_CLAIM: "groups" },
    });
    expect(await enter("sam")).toMatchObject({
      person: { staffRole: null },
      log: { level: "warn", trouble: [expect.stringContaining("more than 200 groups")] },
    });
  });

  test("Keycloak's organizations as an object are told, and what they gave before ends with a word", async () => {
    const { provider, enter } = await start("Keycloak");
    expect((await enter("ana")).person?.customers).toHaveLength(1);
    provider.mischief.idToken = { organization: { acme: { id: "42" } } };
    const { person, log } = await enter("ana");
    expect(person?.customers).toEqual([]);
    expect(log).toMatchObject({ level: "warn", notMember: expect.stringContaining("organization") as string });
    expect(String(log?.trouble)).toMatch(/1 of the customers.*an object of 1.*ended: 1/s);
    provider.mischief.idToken = { organization: ["/acme"] };
    expect((await enter("ana")).person?.customers).toMatchObject([{ reference: "acme" }]);
  });

  test("Keycloak's groups are whole paths", async () => {
    const settings = { OIDC_GROUPS_CLAIM: "groups", STAFF_GROUP: "/portal-support" };
    const { provider, enter } = await start("Keycloak", { settings });
    provider.mischief.idToken = { groups: ["/portal-support"] };
    expect((await enter("kim")).person?.staffRole).toBe("support");
    provider.mischief.idToken = { groups: ["portal-support"] };
    const { person, log } = await enter("kim");
    expect(person?.staffRole).toBeNull();
    expect(String(log?.notStaff)).toContain("a slash at its beginning");
  });

  test("Cognito's userinfo verifies by a text", async () => {
    const { enter } = await start("Amazon Cognito", {
      manners: {
        ...cognito,
        idToken: (person) => ({ ...cognito.idToken(person, []), email: undefined, email_verified: undefined }),
      },
    });
    expect((await enter("kim")).person).toMatchObject({ email: "kim@newcomer.example", emailVerified: true });
  });

  test("AD FS refuses userinfo, which the log says", async () => {
    const { enter } = await start("AD FS");
    expect((await enter("sam")).log).toMatchObject({ level: "warn", trouble: [expect.stringContaining("status 401")] });
  });

  test("a false is never trusted", async () => {
    const { provider, enter } = await start("AD FS");
    provider.mischief.idToken = { email_verified: false };
    expect((await enter("kim")).person).toMatchObject({ emailVerified: false, invitedAs: null });
  });
});

test("a group with NUL or half a surrogate pair is left out with a line in the log, and the person is in", async () => {
  const { provider, enter } = await start("Okta");
  provider.mischief.userinfo = { groups: ["nul\0", "half\ud83d", "Portal Support"] };
  const { person, log } = await enter("kim");
  expect(person?.staffRole).toBe("support");
  expect(log).toMatchObject({
    level: "warn",
    trouble: [expect.stringMatching(/^2 of the groups in groups .* left out/)],
  });
});

test("the log says nothing of what claims hold", async () => {
  const { provider, enter } = await start("Auth0");
  provider.mischief.idToken = {
    email: "leak@vendor.example",
    email_verified: "leak",
    name: "leak",
    "https://connect.example.com/roles": ["leak", "leak\0", { leak: "leak" }],
    "https://connect.example.com/customer": { leak: "leak".repeat(10_000) },
  };
  const { log } = await enter("kim", { STAFF_EMAILS: ["sam@vendor.example"] });
  const line = JSON.stringify(log);
  expect(line).not.toMatch(/leak|vendor\.example/);
  expect(line).toContain("email_verified beside it is a string");
  expect(line.length).toBeLessThan(3_000);
});

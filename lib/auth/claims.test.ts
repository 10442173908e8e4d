import { describe, expect, test } from "vitest";
import { type ClaimSettings, readClaims } from "./claims";

const person = { iss: "https://id.test", sub: "42" };
const settings = { CUSTOMER_CLAIM: undefined, OIDC_GROUPS_CLAIM: "groups", OIDC_TRUST_EMAIL: false };
const read = (profile: object, changed: Partial<ClaimSettings> = {}) =>
  readClaims(profile, { ...settings, ...changed }).claims;

describe("what an identity provider says", () => {
  test("an e-mail is verified only when the provider says so", () => {
    const verified = (email_verified: unknown) =>
      read({ ...person, email: "Ana@Acme.test", email_verified }).emailVerified;
    expect([true, "true"].map(verified)).toEqual([true, true]);
    expect([undefined, null, false, "false", 1, "yes", {}].map(verified)).toEqual(Array(7).fill(false));
  });

  test("an e-mail is compared in lower case", () => {
    expect(read({ ...person, email: "Ana@Acme.test" }).email).toBe("ana@acme.test");
  });

  test("an e-mail with a letter that only looks like another after lower-casing is not that other e-mail", () => {
    const kelvin = "\u212A";
    expect(read({ ...person, email: `${kelvin}im@acme.test` }).email).not.toBe("kim@acme.test");
  });

  test.each([
    ["acme", [{ reference: "acme", role: "admin" }]],
    ["acme:viewer", [{ reference: "acme", role: "viewer" }]],
    [
      ["acme:viewer", "borealis"],
      [
        { reference: "acme", role: "viewer" },
        { reference: "borealis", role: "admin" },
      ],
    ],
    [["acme:viewer", "acme:admin"], [{ reference: "acme", role: "admin" }]],
    [["../staff", "..", ".", "a b", "", 7, null], []],
    [{ acme: "admin" }, []],
    [undefined, []],
  ])("the customer claim %j names %j", (customer, expected) => {
    expect(read({ ...person, customer }, { CUSTOMER_CLAIM: "customer" }).customers).toEqual(expected);
  });

  test.each([
    ["Ana\u0000 Ferreira\n", "Ana Ferreira"],
    ["\u202eavonaK areV", "avonaK areV"],
    ["\ud800", null],
    [7, null],
    ["\u3164 \u2800", null],
    ["\u{1d159}\u200b", null],
  ])("a name is kept without what nobody should have to store or read: %j", (name, kept) => {
    expect(read({ ...person, name }).name).toBe(kept);
  });

  test("without a configured claim nobody is a member by it", () => {
    expect(read({ ...person, customer: "acme" }).customers).toEqual([]);
  });

  test("someone without issuer or subject is nobody", () => {
    expect(() => read({ sub: "42" })).toThrow();
    expect(() => read({ iss: "https://id.test" })).toThrow();
  });

  test.each([
    ["https://id.test/a b", "42"],
    ["https://id.test", "4\u00002"],
    ["https://id.test", "4\ud8002"],
    ["https://id.test", "4".repeat(2_001)],
  ])("someone of the issuer %j with the subject %j is nobody", (iss, sub) => {
    expect(() => readClaims({ iss, sub }, settings)).toThrow(/no issuer or subject/);
  });
});

describe("an e-mail that the operator trusts", () => {
  const trusted = (said: object) => read({ ...person, ...said }, { OIDC_TRUST_EMAIL: true });

  test("counts where the provider says nothing of its verification, and is not called verified", () => {
    expect(trusted({ email: "Kim@Acme.test" })).toMatchObject({ trustedEmail: "kim@acme.test", emailVerified: false });
  });

  test.each([false, "false", null, "", 0, {}, true, "true"])("is none where the provider says %j", (email_verified) => {
    expect(trusted({ email: "kim@acme.test", email_verified }).trustedEmail).toBeNull();
  });

  test("is none while the operator does not trust it, and where there is none", () => {
    expect(read({ ...person, email: "kim@acme.test" }).trustedEmail).toBeNull();
    expect(trusted({ email: "kim" }).trustedEmail).toBeNull();
  });
});

describe("an e-mail that is no address", () => {
  test.each(["kim", "kim@acme.test\0", "k\ud800@acme.test", `${"k".repeat(70)}@acme.test`, ["kim@acme.test"], 7])(
    "is no e-mail: %j",
    (email) => {
      const { claims, found } = readClaims({ ...person, email, email_verified: true }, settings);
      expect(claims).toMatchObject({ email: null, emailVerified: false });
      expect(found.email).toMatch(/that is no address$/);
    },
  );
});

describe("groups", () => {
  const groupsOf = (groups: unknown) => readClaims({ ...person, groups }, settings);

  test.each([
    [
      ["helpers", "second, line"],
      ["helpers", "second, line"],
    ],
    ["CN=Helpers,OU=Vendor", ["CN=Helpers,OU=Vendor"]],
    [[], []],
    [undefined, []],
    [null, []],
  ])("%j are %j", (groups, expected) => {
    expect(groupsOf(groups)).toMatchObject({ claims: { groups: expected }, found: { groupsLeftOut: 0 } });
  });

  test.each([
    [["helpers", "nul\0", "half\ud83d", "\udc00half", "whole 😀"], ["helpers", "whole 😀"], 3],
    [["helpers", 7, null, { name: "keepers" }, ["keepers"]], ["helpers"], 4],
    [{ helpers: true }, [], 1],
    [true, [], 1],
    [["x".repeat(1_001)], [], 1],
    [Array.from({ length: 10_001 }, (_, number) => `group-${number}`), 10_000, 1],
  ])("what cannot be kept is left out and counted: %#", (groups, expected, leftOut) => {
    const { claims, found } = groupsOf(groups);
    if (typeof expected === "number") expect(claims.groups).toHaveLength(expected);
    else expect(claims.groups).toEqual(expected);
    expect(found.groupsLeftOut).toBe(leftOut);
  });

  test.each([
    [{ _claim_names: { groups: "src1" }, _claim_sources: { src1: { endpoint: "https://graph" } } }, true],
    [{ hasgroups: true }, true],
    [{ _claim_names: { photos: "src1" } }, false],
    [{ _claim_names: "groups" }, false],
    [{ _claim_names: { groups: "src1" }, groups: ["helpers"] }, false],
  ])("are said to be elsewhere: %j", (said, elsewhere) => {
    expect(readClaims({ ...person, ...said }, settings).found.groupsElsewhere).toBe(elsewhere);
  });
});

describe("customers that cannot be read are counted", () => {
  const customersOf = (customer: unknown, CUSTOMER_CLAIM = "customer") =>
    readClaims({ ...person, customer }, { ...settings, CUSTOMER_CLAIM });

  test.each([
    ["/acme", ["acme"], 0],
    [["/acme", "acme", "/borealis:viewer"], ["acme", "borealis"], 0],
    [["/acme/admins", "//acme", "/", "/.."], [], 4],
    ["acme borealis", [], 1],
    [{ acme: {} }, [], 1],
    [["acme", { id: "borealis" }, "Nordic Foods"], ["acme"], 2],
    [true, [], 1],
    [null, [], 0],
    [Array.from({ length: 1_001 }, (_, number) => `customer-${number}`), 1_000, 1],
  ])("%#", (customer, expected, leftOut) => {
    const { claims, found } = customersOf(customer);
    const references = claims.customers.map(({ reference }) => reference);
    if (typeof expected === "number") expect(references).toHaveLength(expected);
    else expect(references).toEqual(expected);
    expect(found.customersLeftOut).toBe(leftOut);
  });

  test("a path reaches into an object", () => {
    expect(customersOf({ id: "acme" }, "customer.id").claims.customers).toEqual([{ reference: "acme", role: "admin" }]);
  });
});

import { describe, expect, test } from "vitest";
import { readClaims } from "./claims";
import { mergeAnswers } from "./merge-answers";

const person = { iss: "https://id.test", sub: "42" };
const signedEmail = "signed@vendor.test";
const otherEmail = "other@vendor.test";

const merged = (idToken: object, userinfo: object, customerClaim?: string) =>
  readClaims(mergeAnswers({ ...person, ...idToken }, { sub: person.sub, ...userinfo }), {
    CUSTOMER_CLAIM: customerClaim,
    OIDC_GROUPS_CLAIM: "groups",
    OIDC_TRUST_EMAIL: false,
  }).claims;

/** An answer with and without an e-mail, with each thing that providers say about its verification. */
const answersWith = (email: string) =>
  [{}, { email }].flatMap((given) => [
    { ...given, email_verified: true },
    { ...given, email_verified: "true" },
    { ...given, email_verified: false },
    { ...given },
  ]);

const mixtures = answersWith(signedEmail).flatMap((idToken) =>
  answersWith(otherEmail).map((userinfo) => ({ idToken, userinfo })),
);

/** The answers that verify an e-mail by themselves, as text. */
const verifiedBy = (email: string) => [
  JSON.stringify({ email, email_verified: true }),
  JSON.stringify({ email, email_verified: "true" }),
];

describe("an e-mail and its verification come from one answer", () => {
  test.each(mixtures)("ID token $idToken, userinfo $userinfo", ({ idToken, userinfo }) => {
    const { email, emailVerified } = merged(idToken, userinfo);
    if ("email" in idToken) {
      expect(email).toBe(signedEmail);
      expect(emailVerified).toBe(verifiedBy(signedEmail).includes(JSON.stringify(idToken)));
    } else if ("email" in userinfo) {
      expect(email).toBe(otherEmail);
      expect(emailVerified).toBe(verifiedBy(otherEmail).includes(JSON.stringify(userinfo)));
    } else {
      expect({ email, emailVerified }).toEqual({ email: null, emailVerified: false });
    }
  });

  test.each([null, "", 7, "x".repeat(321)])("%j in the ID token is no e-mail and verifies none", (email) => {
    const signed = { email, email_verified: true };
    expect(merged(signed, { email: otherEmail })).toMatchObject({ email: otherEmail, emailVerified: false });
    expect(merged(signed, {})).toMatchObject({ email: null, emailVerified: false });
    expect(merged(signed, { email: otherEmail, email_verified: true })).toMatchObject({
      email: otherEmail,
      emailVerified: true,
    });
  });
});

describe("an e-mail that the other answer verifies", () => {
  test("is verified where that names the same address itself", () => {
    expect(merged({ email: "Kim@acme.test" }, { email: "kim@acme.test", email_verified: true })).toMatchObject({
      email: "kim@acme.test",
      emailVerified: true,
    });
  });

  test.each([
    [{ email: "kim@acme.test" }, { email: "kim@acme.test", email_verified: false }],
    [{ email: "kim@acme.test" }, { email_verified: true }],
    [{ email: "kim@acme.test" }, { email: "eve@acme.test", email_verified: true }],
    [{ email_verified: false }, { email: "kim@acme.test" }],
  ])("is not, and is none to be trusted: %j, %j", (idToken, userinfo) => {
    const said = mergeAnswers({ ...person, ...idToken }, { sub: person.sub, ...userinfo });
    const settings = { CUSTOMER_CLAIM: undefined, OIDC_GROUPS_CLAIM: "groups", OIDC_TRUST_EMAIL: true };
    expect(readClaims(said, settings).claims).toMatchObject({
      email: "kim@acme.test",
      emailVerified: false,
      trustedEmail: null,
    });
  });
});

describe("every other claim", () => {
  test("is the ID token's where both have it, whole and never put together", () => {
    const signed = { name: "Signed", groups: ["signed"], customer: ["acme:viewer"] };
    const other = { iss: "https://evil.test", name: "Other", groups: ["other"], customer: ["acme", "borealis"] };
    expect(merged(signed, other, "customer")).toMatchObject({
      issuer: person.iss,
      name: "Signed",
      groups: ["signed"],
      customers: [{ reference: "acme", role: "viewer" }],
    });
  });

  test("is taken from the answer that has it", () => {
    expect(merged({ groups: ["signed"] }, { customer: "acme" }, "customer")).toMatchObject({
      groups: ["signed"],
      customers: [{ reference: "acme" }],
    });
  });
});

test.each([["43"], [""], [null], [undefined], [42]])("a userinfo answer with the subject %j is not used", (sub) => {
  expect(() => mergeAnswers(person, { sub, groups: ["staff"] })).toThrow(/another subject/);
});

import { describe, expect, test } from "vitest";
import type { FoundClaims } from "./claims";
import { explainAccess } from "./explain-access";

const found: FoundClaims = {
  email: "a string",
  emailVerified: "absent",
  groups: "absent",
  groupsLeftOut: 0,
  groupsElsewhere: false,
  customers: "absent",
  customersLeftOut: 0,
};
const settings = {
  CUSTOMER_CLAIM: "customer",
  OIDC_GROUPS_CLAIM: "realm_access.roles",
  STAFF_EMAILS: ["sam@vendor.example"],
  STAFF_GROUP: ["helpers"],
  STAFF_SECURITY_EMAILS: [],
  STAFF_SECURITY_GROUP: [],
};

interface Given {
  verified?: boolean;
  groups?: string[];
  claims?: Partial<FoundClaims>;
  ended?: number;
  changed?: Partial<typeof settings> | { CUSTOMER_CLAIM: undefined };
}

const explain = ({ verified = false, groups = [], claims = {}, ended = 0, changed = {} }: Given) =>
  explainAccess(
    {
      person: { staffRole: null, customers: [], emailVerified: verified },
      groups,
      found: { ...found, ...claims },
      membershipsEnded: ended,
    },
    { ...settings, ...changed },
  );

describe("why someone is not staff", () => {
  test.each<[string, Given, RegExp]>([
    ["nobody verified the e-mail", {}, /the claim email is a string and email_verified beside it is absent/],
    ["it is called unverified", { claims: { emailVerified: "false" } }, /email_verified beside it is false/],
    ["it is verified and not named", { verified: true }, /the verified e-mail is not named in STAFF_EMAILS/],
    ["there are no groups", {}, /the claim realm_access\.roles is absent$/],
    [
      "the groups are others",
      { groups: ["others"], claims: { groups: "a list of 1 (string)" } },
      /a list of 1 \(string\), with no name of STAFF_GROUP or STAFF_SECURITY_GROUP in it$/,
    ],
    [
      "a group is written otherwise",
      { groups: ["/Helpers"], claims: { groups: "a string" } },
      /differs only in capital letters/,
    ],
    [
      "nobody is named at all",
      { changed: { STAFF_EMAILS: [], STAFF_GROUP: [] } },
      /^STAFF_EMAILS, STAFF_GROUP, STAFF_SECURITY_EMAILS and STAFF_SECURITY_GROUP name nobody$/,
    ],
  ])("%s", (_, given, sentence) => {
    expect(explain(given).notStaff).toMatch(sentence);
  });
});

describe("why someone belongs to no customer", () => {
  test.each<[string, Given, RegExp]>([
    ["the claim is absent", {}, /^the claim customer, which CUSTOMER_CLAIM names, is absent, and no invitation/],
    [
      "it cannot be read",
      { claims: { customers: "an object of 2", customersLeftOut: 1 } },
      /an object of 2 that cannot be read/,
    ],
    ["none is named", { changed: { CUSTOMER_CLAIM: undefined } }, /^CUSTOMER_CLAIM is not set/],
  ])("%s", (_, given, sentence) => {
    expect(explain(given).notMember).toMatch(sentence);
  });
});

test("nothing is explained to be missing that someone has", () => {
  const person = { staffRole: "support" as const, customers: [{}] as never, emailVerified: true };
  expect(explainAccess({ person, groups: [], found, membershipsEnded: 0 }, settings)).toEqual({ trouble: [] });
});

describe("trouble is told", () => {
  test.each<[string, Given, RegExp]>([
    ["groups were left out", { claims: { groupsLeftOut: 3 } }, /^3 of the groups in realm_access\.roles .*NUL/],
    ["groups are elsewhere", { claims: { groupsElsewhere: true } }, /200 groups/],
    [
      "customers were left out",
      { claims: { customersLeftOut: 2 } },
      /^2 of the customers in customer .*customer\.id reaches/,
    ],
    [
      "memberships ended",
      { ended: 1 },
      /^memberships by the claim that ended: 1, because the claim customer \(absent\)/,
    ],
    [
      "memberships ended with the setting",
      { ended: 1, changed: { CUSTOMER_CLAIM: undefined } },
      /CUSTOMER_CLAIM is not set any more/,
    ],
  ])("%s", (_, given, sentence) => {
    expect(explain(given).trouble).toEqual([expect.stringMatching(sentence)]);
  });
});

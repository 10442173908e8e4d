import { describe, expect, test } from "vitest";
import { parseConfig } from "../../config/config";
import { testConfig, testConfigInput } from "../../testing/customer";
import { trust, vendor } from "../../testing/run-verification";
import { checkTrustPolicy } from "./trust-policy";

const externalId = `acme-${"0".repeat(32)}`;
const role = { partition: "aws", accountId: "111122223333", path: "/acme/", roleName: "Role" } as const;
const is = { StringEquals: { "sts:ExternalId": externalId } };

function judge(document: object | string) {
  const text = typeof document === "string" ? document : encodeURIComponent(JSON.stringify(document));
  return checkTrustPolicy({ document: text, config: testConfig, role, externalId });
}

describe("trust policy", () => {
  test("is explained when it is right", () => {
    const { check, open } = judge(trust({ ...is, IpAddress: { "aws:SourceIp": "192.0.2.1" } }));
    expect(open).toBe(false);
    expect(check.status).toBe("passed");
    expect(check.evidence).toEqual([
      { label: "Vendor's account", value: "123456789012" },
      { label: "External ID", value: "StringEquals, exactly this connection's" },
      { label: "Further condition", value: "IpAddress aws:SourceIp: 192.0.2.1" },
    ]);
  });

  test("that lets others in says who and by which operator, and what the template's is", () => {
    const { check, open } = judge(trust({ StringEqualsIfExists: { "sts:ExternalId": externalId } }));
    expect(open).toBe(true);
    expect(check).toMatchObject({ status: "failed", confidence: "certain" });
    expect(check.cause).toContain("StringEqualsIfExists");
    const template = check.evidence.find(({ format }) => format === "code")?.value ?? "{}";
    expect(JSON.parse(template)).toMatchObject({
      Statement: [{ Condition: { StringEquals: { "sts:ExternalId": "EXTERNAL-ID-OF-THIS-CONNECTION" } } }],
    });
  });

  test.each([
    ["none of its own", trust({ StringEquals: { "sts:ExternalId": [externalId, "other-secret"] } })],
    ["no pattern that holds a part of it", trust({ StringLike: { "sts:ExternalId": `${externalId.slice(0, 30)}*` } })],
  ])("shows no external ID: %s", (_what, document) => {
    const text = JSON.stringify(judge(document));
    expect(text).not.toContain(externalId.slice(0, 12));
    expect(text).not.toContain("other-secret");
  });

  test.each([
    [
      "NotPrincipal",
      { Effect: "Allow", NotPrincipal: { AWS: "1".repeat(12) }, Action: "sts:AssumeRole", Condition: is },
      true,
    ],
    [
      "NotAction",
      { Effect: "Allow", Principal: { AWS: "123456789012" }, NotAction: "sts:TagSession", Condition: is },
      false,
    ],
    [
      "people of Google",
      { Effect: "Allow", Principal: { Federated: "accounts.google.com" }, Action: "sts:AssumeRoleWithWebIdentity" },
      true,
    ],
    [
      "people of the customer's own provider",
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/Own" },
        Action: "sts:AssumeRoleWithSAML",
      },
      false,
    ],
  ])("fails for %s", (_what, statement, expected) => {
    const { check, open } = judge({ Version: "2012-10-17", Statement: [trust(is).Statement[0], statement] });
    expect(check.status).toBe("failed");
    expect(open).toBe(expected);
  });

  test("with a principal that was deleted is a warning", () => {
    expect(judge(trust(is, { AWS: ["123456789012", "AROAEXAMPLEID"] })).check.status).toBe("warning");
  });

  test("that is no document is not judged", () => {
    expect(judge("nonsense")).toMatchObject({ open: false, check: { status: "warning" } });
    expect(judge("%zz")).toMatchObject({ open: false, check: { status: "warning" } });
  });

  const inOrganization = (condition: object) => trust({ ...is, ...condition }, { AWS: "*" });

  test("for the one organization that AWS just let the vendor in by is no opening", () => {
    const condition = { StringEquals: { ...is.StringEquals, "aws:PrincipalOrgID": "o-vendor1234567" } };
    expect(judge(trust(condition, { AWS: "*" }))).toMatchObject({ open: false, check: { status: "failed" } });
  });

  test.each([
    ["any organization", inOrganization({ StringLike: { "aws:PrincipalOrgID": "o-*" } })],
    ["organizations by a pattern", inOrganization({ StringLike: { "aws:PrincipalOrgPaths": "o-?*/r-ab12/*" } })],
    [
      "a second organization",
      trust(
        { StringEquals: { ...is.StringEquals, "aws:PrincipalOrgID": ["o-vendor1234567", "o-stranger12345"] } },
        "*",
      ),
    ],
    [
      "another organization in a statement of its own",
      {
        Version: "2012-10-17",
        Statement: [
          trust(is).Statement[0],
          {
            Effect: "Allow",
            Principal: "*",
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { ...is.StringEquals, "aws:PrincipalOrgID": "o-stranger12345" } },
          },
        ],
      },
    ],
    [
      "principals that cannot be understood",
      { Version: "2012-10-17", Statement: [trust(is, ["*"] as object).Statement[0]] },
    ],
    [
      "keys that differ in case alone, the second with a wildcard",
      trust({ StringLike: { "sts:ExternalId": externalId, "STS:externalid": "acme-a*" } }),
    ],
  ])("is open to %s", (_what, document) => {
    expect(judge(document)).toMatchObject({ open: true, check: { status: "failed" } });
  });

  const github = (condition?: object) => ({
    Version: "2012-10-17",
    Statement: [
      trust(is).Statement[0],
      {
        Effect: "Allow",
        Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
        Action: "sts:AssumeRoleWithWebIdentity",
        ...(condition && { Condition: condition }),
      },
    ],
  });
  const subject = "token.actions.githubusercontent.com:sub";
  test.each([
    ["nothing", undefined, true],
    [
      "the audience, which the sender chooses",
      { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
      true,
    ],
    ["any repository", { StringLike: { [subject]: "repo:*" } }, true],
    ["some repositories and any", { StringLike: { [subject]: ["repo:acme/app:*", "*"] } }, true],
    ["a subject, if there is one", { StringLikeIfExists: { [subject]: "repo:acme/app:*" } }, true],
    ["one repository", { StringLike: { [subject]: "repo:acme/app:*" } }, false],
  ])("that lets in a provider of everybody's, limited by %s", (_limit, condition, open) => {
    expect(judge(github(condition))).toMatchObject({ open, check: { status: "failed" } });
  });

  describe("of a vendor that named its roles", () => {
    const named = `arn:aws:iam::${vendor}:role/service/worker`;
    const config = parseConfig({ ...testConfigInput, trustedPrincipalArns: [named] });
    const status = (document: object) =>
      checkTrustPolicy({ document: JSON.stringify(document), config, role, externalId }).check.status;

    test.each([
      ["the role in a condition", trust({ ...is, ArnEquals: { "aws:PrincipalArn": named } })],
      ["the role as principal", trust(is, { AWS: named })],
      ["a session of the role", trust(is, { AWS: `arn:aws:sts::${vendor}:assumed-role/worker/x` })],
    ])("passes for %s", (_what, document) => {
      expect(status(document)).toBe("passed");
    });

    const other = `arn:aws:iam::${vendor}:user/intern`;
    test.each([
      ["another identity in the condition", trust({ ...is, ArnEquals: { "aws:PrincipalArn": [named, other] } })],
      ["another identity as principal", trust(is, { AWS: [named, other] })],
      ["a session of another role", trust(is, { AWS: [named, `arn:aws:sts::${vendor}:assumed-role/other/worker`] })],
    ])("is worth a look for %s", (_what, document) => {
      expect(status(document)).toBe("warning");
    });
  });
});

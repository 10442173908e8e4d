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
    ["all repositories of an owner", { StringLike: { [subject]: "repo:acme/*" } }, false],
    ["owners whose names begin alike", { StringLike: { [subject]: "repo:acme*" } }, true],
    [
      "a branch, which everyone has",
      { StringEquals: { "token.actions.githubusercontent.com:ref": "refs/heads/main" } },
      true,
    ],
    ["a claim that is not known", { StringEquals: { "token.actions.githubusercontent.com:team": "acme" } }, true],
    [
      "an owner's number",
      { StringEquals: { "token.actions.githubusercontent.com:repository_owner_id": "4711" } },
      false,
    ],
    [
      "numbers that begin alike",
      { StringLike: { "token.actions.githubusercontent.com:repository_owner_id": "47*" } },
      true,
    ],
    ["all but one owner", { StringNotLike: { [subject]: "repo:evil/*" } }, true],
    [
      "a subject of anyone's repository that has a name, on a branch",
      { StringLike: { [subject]: ["repo:*/app:*"] } },
      true,
    ],
    [
      "an owner and a branch",
      {
        StringLike: { [subject]: "repo:acme/*" },
        StringEquals: { "token.actions.githubusercontent.com:ref": "refs/heads/main" },
      },
      false,
    ],
  ])("that lets in a provider of everyone's, limited by %s", (_limit, condition, open) => {
    expect(judge(github(condition))).toMatchObject({ open, check: { status: "failed" } });
  });

  test("that names a provider of everyone's where nobody with a token gets in lets in the vendor alone", () => {
    const Principal = {
      AWS: vendor,
      Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    };
    const { check, open } = judge(trust(is, Principal));
    expect({ open, status: check.status }).toEqual({ open: false, status: "warning" });
    expect(check.cause).toContain("which the rest of the policy keeps out again");
  });

  const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
  const deny = (Principal: unknown, Condition?: object, Action: unknown = "sts:AssumeRole") => ({
    Effect: "Deny",
    Principal,
    Action,
    ...(Condition && { Condition }),
  });
  const policy = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
  const unlisted = { StringNotEquals: { "sts:ExternalId": externalId } };
  const ours = (change: object = {}) => ({ ...trust(is).Statement[0], ...change });
  const bare = trust(undefined).Statement[0] as object;
  const everyone = ours({ Principal: "*" });
  const outsiders = { StringNotEquals: { "aws:PrincipalAccount": vendor } };

  test.each<[string, object]>([
    ["for the vendor's account, of other IDs", policy(bare, deny(root(vendor), unlisted))],
    ["for the vendor's account ID, of other IDs", policy(bare, deny({ AWS: vendor }, unlisted))],
    ["for everyone, of other IDs, by every action", policy(bare, deny("*", unlisted, "sts:*"))],
    ["by a part of the action's name", policy(bare, deny("*", unlisted, "sts:Assume*"))],
    [
      "of all actions but one",
      policy(bare, { ...deny("*", unlisted), Action: undefined, NotAction: "sts:GetCallerIdentity" }),
    ],
    ["of other accounts", policy(everyone, deny("*", outsiders, "sts:*"))],
    [
      "of other accounts, if the key is there",
      policy(everyone, deny("*", { StringNotEqualsIfExists: { "aws:PrincipalAccount": vendor } }, "*")),
    ],
    [
      "of other identities than the vendor's",
      policy(everyone, deny("*", { ArnNotLike: { "aws:PrincipalArn": `arn:aws:iam::${vendor}:*` } }, "sts:*")),
    ],
    [
      "for a stranger that an Allow names",
      policy(ours(), ours({ Principal: root("999988887777") }), deny(root("999988887777"))),
    ],
    [
      "of what comes without an ID, beside an optional one",
      policy(
        ours({ Condition: { StringEqualsIfExists: { "sts:ExternalId": externalId } } }),
        deny("*", { Null: { "sts:ExternalId": "true" } }),
      ),
    ],
  ])("counts a Deny %s", (_what, document) => {
    expect(judge(document)).toMatchObject({ open: false, unclear: false });
    expect(judge(document).check.status).not.toBe("failed");
  });

  test.each<[string, object]>([
    ["for another account", policy(bare, deny(root("999988887777"), unlisted))],
    ["of another action", policy(bare, deny("*", unlisted, "sts:TagSession"))],
    [
      "that a second condition narrows",
      policy(bare, deny("*", { ...unlisted, Bool: { "aws:MultiFactorAuthPresent": "false" } })),
    ],
    [
      "that passes without an ID",
      policy(bare, deny("*", { "ForAnyValue:StringNotEquals": { "sts:ExternalId": externalId } })),
    ],
    [
      "that ended",
      policy(bare, deny("*", { ...unlisted, DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } })),
    ],
    [
      "that will end",
      policy(bare, deny("*", { ...unlisted, DateLessThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } })),
    ],
    [
      "of other accounts by an action that nobody uses",
      policy(everyone, deny("*", outsiders, "sts:AssumeRoleWithSAML")),
    ],
    ["by an operator that is not known", policy(bare, deny("*", { BinaryEquals: { "sts:ExternalId": "YQ==" } }))],
    [
      "with a variable, in the version that has none",
      { ...policy(everyone, deny("*", { StringNotEquals: { "aws:PrincipalAccount": `\${aws:PrincipalAccount}` } })) },
    ],
    [
      "of guesses alone",
      policy(bare, deny("*", { StringLike: { "sts:ExternalId": ["*a*", "*0*", "????????", "Probe:*"] } })),
    ],
  ])("does not count a Deny %s", (_what, document) => {
    expect(judge(document)).toMatchObject({ open: true, check: { status: "failed" } });
  });

  /** Beside what a condition compares as text anyway, the external ID. */
  const merged = (condition: object) => ({
    StringEquals: { ...is.StringEquals, ...(condition as Partial<typeof is>).StringEquals },
  });
  const stranger = (Condition: object) => policy(ours(), ours({ Principal: root("999988887777"), Condition }));
  test.each<[string, object, boolean]>([
    ["a date that is past", { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } }, false],
    ["a date to come, which ends it", { DateLessThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } }, true],
    ["a date to come, which begins it", { DateGreaterThan: { "aws:CurrentTime": "2999-01-01T00:00:00Z" } }, true],
    ["seconds that are past", { NumericLessThan: { "aws:EpochTime": "1500000000" } }, false],
    ["a key of services", { StringEquals: { "aws:SourceAccount": "999988887777" } }, false],
    ["a claim, which no signed request has", { StringEquals: { [subject]: "repo:acme/app:x" } }, false],
    ["requests that are not by TLS", { Bool: { "aws:SecureTransport": "false" } }, false],
    ["a tag, which it gives itself", { StringEquals: { "aws:PrincipalTag/team": "acme" } }, true],
    [
      "two patterns that someone's tag meets",
      { StringLike: { "aws:PrincipalTag/team": "a*" }, "ForAnyValue:StringLike": { "aws:PrincipalTag/team": "*b" } },
      true,
    ],
    [
      "two texts that no tag is",
      { StringEquals: { "aws:PrincipalTag/team": "a" }, StringLike: { "aws:PrincipalTag/team": "b" } },
      false,
    ],
    ["an operator that is not known", { BinaryEquals: { "aws:PrincipalTag/team": "YQ==" } }, true],
  ])("lets another account in, or not, by %s", (_what, condition, open) => {
    expect(judge(stranger(condition)).open).toBe(open);
  });

  const id = (value: string) => ({ "sts:ExternalId": value });
  test.each<[object, string]>([
    [{ StringNotEquals: id("x1") }, "StringNotEquals: everything but the listed IDs passes, and so does none"],
    [{ StringNotEquals: id("x1"), Null: id("false") }, "StringNotEquals: everything but the listed IDs passes"],
    [{ StringEqualsIfExists: id(externalId) }, "StringEqualsIfExists: a request without any external ID passes"],
    [
      { StringLikeIfExists: id("*"), Null: id("false") },
      "StringLikeIfExists with a wildcard, which other IDs match too",
    ],
    [{ Null: id("false") }, "Null: any external ID passes"],
    [{ Null: id("true") }, "Null: a request without any external ID passes"],
    [{ Null: id("true"), StringEqualsIfExists: id(externalId) }, "StringEqualsIfExists: a request without any"],
  ])("says what passes, and not more: %j", (condition, words) => {
    const { cause } = judge(policy(ours({ Condition: condition }))).check;
    expect(cause).toMatch(new RegExp(`External ID: ${words}`));
    if (!words.includes("none")) expect(cause).not.toContain("none");
  });

  const userOf = (...accounts: string[]) => accounts.map((account) => `arn:aws:iam::${account}:role/worker`);
  test.each<[string, object]>([
    ["an account by single characters", { StringLike: { "aws:PrincipalArn": userOf("????????????") } }],
    ["an account but for its last digits", { ArnLike: { "aws:PrincipalArn": userOf("1234567890??") } }],
    ["an account but for one digit", { ArnLike: { "aws:PrincipalArn": userOf("123456789?12") } }],
    ["accounts that begin alike", { ArnEquals: { "aws:PrincipalArn": userOf("12345*") } }],
    ["accounts that begin alike, to the end", { StringLike: { "aws:PrincipalArn": "arn:aws:iam::12345*" } }],
    ["accounts that end alike", { ArnLike: { "aws:PrincipalArn": userOf("*9012") } }],
    [
      "roles by two patterns",
      {
        StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/work*" },
        ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*er" },
      },
    ],
    ["a tag that it gives itself", { StringEquals: { "aws:PrincipalAccount": `\${aws:PrincipalTag/account}` } }],
    ["a part of it that is a tag", { StringEquals: { "aws:PrincipalArn": `arn:aws:iam::\${aws:PrincipalTag/own}` } }],
    ["a tag as the role has it", { StringEquals: { "aws:PrincipalTag/team": `\${aws:ResourceTag/team}` } }],
    ["the role's tag as it has it", { StringEquals: { "aws:ResourceTag/team": `\${aws:PrincipalTag/team}` } }],
  ])("lets everyone in who is compared by %s", (_what, condition) => {
    const document = policy(ours(), { ...everyone, Condition: { ...condition, ...merged(condition) } });
    expect(judge(document)).toMatchObject({ open: true, check: { status: "failed", confidence: "certain" } });
  });

  test("lets everyone in past a Deny that spares a part of an account's number", () => {
    const spared = deny("*", { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::1234567890??:*" } });
    expect(judge(policy(everyone, spared)).open).toBe(true);
  });

  test("lets the vendor in with whatever a tag of its says in place of the external ID", () => {
    const byTag = { StringEquals: { "sts:ExternalId": `\${aws:PrincipalTag/id}` } };
    expect(judge(policy(ours(), ours({ Condition: byTag }))).open).toBe(true);
  });

  test("with a year for a date is taken for open, and not for certain", () => {
    const { open, check } = judge(stranger({ DateLessThan: { "aws:CurrentTime": "2999" } }));
    expect({ open, confidence: check.confidence }).toEqual({ open: true, confidence: "likely" });
  });

  test("whose value is not of the operator's type is taken for open, and not for certain", () => {
    const { open, check } = judge(stranger({ NumericLessThan: { "aws:PrincipalTag/level": "low" } }));
    expect({ open, confidence: check.confidence }).toEqual({ open: true, confidence: "likely" });
  });

  test("of the version without policy variables means them by their letters", () => {
    const condition = { StringEquals: { "aws:PrincipalAccount": `\${aws:PrincipalAccount}` } };
    const document = stranger(condition);
    expect(judge(document).open).toBe(true);
    expect(judge({ ...document, Version: "2008-10-17" }).open).toBe(false);
    const { Version: _version, ...unversioned } = document;
    expect(judge(unversioned).open).toBe(false);
  });

  test("with as many repositories as fit is read to the end", () => {
    const repositories = Array.from({ length: 100 }, (_, index) => `repo:acme/app-${index}:*`);
    expect(judge(github({ StringLike: { [subject]: repositories } })).open).toBe(false);
    expect(judge(github({ StringLike: { [subject]: [...repositories, "repo:*/app:*"] } })).open).toBe(true);
  });

  test("that is made to keep us busy is given up and taken for open", { timeout: 20_000 }, () => {
    const patterns = Array.from({ length: 20 }, (_, index) => `*a${index}*b*`);
    const tags = ["a", "b", "c", "d"].map((name) => [`aws:PrincipalTag/${name}`, patterns]);
    const Condition = { StringLike: Object.fromEntries(tags), StringNotLike: { "aws:userid": patterns } };
    const Statement = ["Allow", "Deny", "Allow", "Deny", "Allow", "Deny"].map((Effect) => ({
      ...{ Effect, Principal: "*", Action: "sts:*", Condition },
    }));
    const { open, check } = judge({ Version: "2012-10-17", Statement: [trust(is).Statement[0], ...Statement] });
    expect({ open, confidence: check.confidence }).toEqual({ open: true, confidence: "likely" });
  });

  describe("that AWS refused to go by", () => {
    const tried = (document: object, proven: boolean) =>
      checkTrustPolicy({ document: JSON.stringify(document), config: testConfig, role, externalId, proven }).check;

    test("is not certain where a request was refused that it allows", () => {
      const check = tried(policy(bare), true);
      expect(check).toMatchObject({ status: "failed", confidence: "likely" });
      expect(check.evidence).toContainEqual(expect.objectContaining({ label: "What was tried" }));
      expect(tried(policy(bare), false).confidence).toBe("certain");
    });

    test.each<[string, object]>([
      [
        "half of the ID, which no request guesses",
        trust({ StringLike: { "sts:ExternalId": `${externalId.slice(0, 20)}*` } }),
      ],
      ["another account, as which nobody can try", stranger(is)],
    ])("is certain where nothing tried speaks against it: %s", (_what, document) => {
      expect(tried(document, true)).toMatchObject({ status: "failed", confidence: "certain" });
      expect(JSON.stringify(tried(document, true))).not.toContain("What was tried");
    });

    test("is not certain where it was not understood", () => {
      const unknown = trust({ BinaryEquals: { "sts:ExternalId": "YQ==" } });
      expect(tried(unknown, false)).toMatchObject({ status: "failed", confidence: "likely" });
    });
  });

  test.each<[string, object]>([
    ["without any Allow", policy()],
    ["that only denies", policy(deny("*", outsiders))],
    ["without a statement", { Version: "2012-10-17" }],
    ["that allows another action alone", policy(ours({ Action: "sts:TagSession" }))],
    ["that ended", policy(ours({ Condition: { ...is, DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } } }))],
  ])("cannot be what AWS went by %s", (_what, document) => {
    const { open, unclear, check } = judge(document);
    expect({ open, unclear, status: check.status }).toEqual({ open: false, unclear: true, status: "warning" });
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

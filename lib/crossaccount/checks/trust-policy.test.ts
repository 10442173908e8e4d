import { describe, expect, test } from "vitest";
import { testConfig } from "../verification/customer-for-test";
import { trust } from "../verification/run-for-test";
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
});

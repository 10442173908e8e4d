import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../policy/document";
import { checkExcessPermissions } from "./excess";
import type { ExpectedStatement } from "./expected-statement";

const managed = { ongoing: [], setup: [] };
const statement = (change: Partial<ExpectedStatement>): ExpectedStatement => ({
  policy: "Ongoing",
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:DescribeInstances"],
  resources: ["*"],
  ...change,
});
const ongoing = [statement({})];
const setup = [
  statement({
    sid: "Make",
    actions: ["ec2:CreateVpc"],
    condition: { DateLessThan: { "aws:CurrentTime": "2000-01-01T00:00:00Z" } },
  }),
];

function excess(policyArn: string | undefined, ...statements: object[]) {
  const found = parsePolicy("Found", JSON.stringify({ Statement: statements }), policyArn) ?? [];
  const policies = { statements: found, boundary: null, unreadable: [], declared: [] };
  return checkExcessPermissions({ ongoing, setup, policies, managed, serviceName: "acme", path: "/acme/" });
}
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const until = (time: string) => ({ Condition: { DateLessThan: { "aws:CurrentTime": time } } });

describe("what the template grants is agreed", () => {
  test.each([
    ["as written", allow("ec2:DescribeInstances")],
    ["more narrowly", allow("ec2:DescribeInstances", { Resource: "arn:aws:ec2:*:*:instance/i-1" })],
    ["under a further condition", allow("ec2:DescribeInstances", until("2027-01-01T00:00:00Z"))],
    ["for setup, whenever it ends", allow("ec2:CreateVpc", until("2027-01-01T00:00:00Z"))],
    ["or denied", { Effect: "Deny", Action: "*", Resource: "*" }],
  ])("%s", (_what, found) => {
    expect(excess(undefined, found).status).toBe("passed");
  });
});

describe("what goes beyond fails, and names the policy to take away", () => {
  test("for an inline policy and for an attached one", () => {
    const inline = excess(undefined, allow("s3:GetObject"));
    expect(inline).toMatchObject({ status: "failed", confidence: "certain" });
    expect(inline.policies).toEqual([{ name: "Found" }]);
    const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    const attached = excess(arn, allow("*"));
    expect(attached.evidence[0]).toMatchObject({ label: "Beyond the template, in policy by AWS Found" });
    expect(attached.policies).toEqual([{ name: "Found", arn }]);
  });

  test("and setup without its end is beyond", () => {
    expect(excess(undefined, allow("ec2:CreateVpc")).status).toBe("failed");
  });

  test.each([
    ["everything", allow("*"), /everything in the account/],
    [
      "its own policies",
      allow("iam:PutRolePolicy", { Resource: "arn:aws:iam::111122223333:role/acme/Role" }),
      /change its own/,
    ],
    [
      "all of IAM but on nothing of its own",
      allow("iam:*", { Resource: "arn:aws:iam::111122223333:user/x" }),
      /everything in iam/,
    ],
    ["keys of users", allow("iam:CreateAccessKey"), /key of another user/],
    ["everything but something", { Effect: "Allow", NotAction: "s3:*", Resource: "*" }, /everything in the account/],
  ])("and says what it leads to: %s", (_what, found, words) => {
    expect(excess(undefined, found).cause).toMatch(words);
  });

  test("and each action counts on each resource", () => {
    const agreed = [
      statement({ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::a/*"] }),
      statement({ actions: ["s3:PutObject", "s3:ListBucket"], resources: ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"] }),
    ];
    const judge = (found: object) => {
      const statements = parsePolicy("Found", JSON.stringify({ Statement: found })) ?? [];
      const policies = { statements, boundary: null, unreadable: [], declared: [] };
      return checkExcessPermissions({
        ongoing: agreed,
        setup: [],
        policies,
        managed,
        serviceName: "acme",
        path: "/acme/",
      });
    };
    const both = ["arn:aws:s3:::a/x", "arn:aws:s3:::b/x"];
    expect(judge(allow(["s3:PutObject", "s3:ListBucket"], { Resource: both })).status).toBe("passed");
    const crossed = judge(allow(["s3:GetObject", "s3:PutObject"], { Resource: both }));
    expect(crossed).toMatchObject({ status: "failed" });
    expect(crossed.evidence[0]?.value).toBe("s3:GetObject on arn:aws:s3:::b/x");
  });

  test("and an ongoing permission whose own end was moved", () => {
    const ends = [statement({ condition: { DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" } } })];
    const judge = (end: string) => {
      const statements =
        parsePolicy("P", JSON.stringify({ Statement: allow("ec2:DescribeInstances", until(end)) })) ?? [];
      const policies = { statements, boundary: null, unreadable: [], declared: [] };
      return checkExcessPermissions({ ongoing: ends, setup, policies, managed, serviceName: "acme", path: "/acme/" })
        .status;
    };
    expect(judge("2027-01-01T00:00:00Z")).toBe("passed");
    expect(judge("2099-01-01T00:00:00Z")).toBe("failed");
  });

  test("and an inline policy does not hide behind an attached one of the same name", () => {
    const document = (action: string) => JSON.stringify({ Statement: allow(action) });
    const arn = "arn:aws:iam::111122223333:policy/Same";
    const statements = [
      ...(parsePolicy("Same", document("s3:GetObject"), arn) ?? []),
      ...(parsePolicy("Same", document("s3:PutObject")) ?? []),
    ];
    const policies = { statements, boundary: null, unreadable: [], declared: [] };
    const { policies: found } = checkExcessPermissions({
      ongoing,
      setup,
      policies,
      managed,
      serviceName: "acme",
      path: "/acme/",
    });
    expect(found).toEqual([{ name: "Same", arn }, { name: "Same" }]);
  });
});

import { describe, expect, test } from "vitest";
import { parsePolicy } from "../../policy/document";
import type { Unreadable } from "../aws-reading";
import type { ExpectedStatement } from "./expected-statement";
import { checkOngoingPermissions } from "./ongoing";
import { ownLimits } from "./own-limits";
import type { RolePolicies } from "./role-policies";
import { checkSetupPermissions } from "./setup";

const now = new Date("2026-06-01T00:00:00Z");
const ongoing: ExpectedStatement[] = [
  {
    policy: "Ongoing",
    sid: "Read",
    effect: "Allow",
    actions: ["ec2:DescribeInstances", "s3:ListBucket"],
    resources: ["*"],
  },
];
const setup: ExpectedStatement[] = [
  {
    policy: "Setup",
    sid: "Make",
    effect: "Allow",
    actions: ["ec2:CreateVpc", "ec2:DescribeInstances"],
    resources: ["*"],
  },
];
const limits = ownLimits([]);
const allow = (Action: string | string[], Condition?: unknown) => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  Condition,
});
const granted = allow(["ec2:DescribeInstances", "s3:ListBucket"]);
const until = (time: string) => ({ DateLessThan: { "aws:CurrentTime": time } });
const denied: Unreadable = {
  what: "CustomPolicy",
  action: "iam:GetPolicyVersion",
  failure: { kind: "refused", code: "AccessDenied", throttled: false },
};

function policies(statements: unknown[], change: Partial<RolePolicies> = {}): RolePolicies {
  return {
    statements: parsePolicy("Attached", JSON.stringify({ Statement: statements })) ?? [],
    boundary: null,
    unreadable: [],
    declared: [],
    ...change,
  };
}
function checkOngoing(attached: RolePolicies) {
  return checkOngoingPermissions({ expected: ongoing, limits, managed: [], roleName: "role", policies: attached });
}
function checkSetup(attached: RolePolicies, expected: "present" | "gone" = "gone") {
  return checkSetupPermissions({
    setup,
    ongoing,
    limits,
    managed: { ongoing: [], setup: [] },
    policies: attached,
    longestSeconds: 7 * 86_400,
    expected,
    now,
  });
}

describe("ongoing permissions", () => {
  test("pass when granted as written or more widely", () => {
    expect(checkOngoing(policies([granted])).status).toBe("passed");
    expect(checkOngoing(policies([allow("ec2:*"), allow("s3:List*")])).status).toBe("passed");
  });

  test("fail with the statement to add, for the missing action alone", () => {
    const check = checkOngoing(policies([allow("ec2:DescribeInstances")]));
    expect(check).toMatchObject({ status: "failed", confidence: "likely" });
    const code = check.evidence.find(({ format }) => format === "code");
    expect(code?.label).toContain("Ongoing");
    expect(JSON.parse(code?.value ?? "")).toEqual({
      Sid: "Read",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: ["*"],
    });
  });

  test("fail when another policy denies them, naming it", () => {
    const check = checkOngoing(policies([granted, { Effect: "Deny", Action: "s3:*", Resource: "*" }]));
    expect(check.status).toBe("failed");
    expect(check.evidence).toContainEqual({ label: "Denied by policy Attached", value: "s3:ListBucket" });
  });

  test("warn when a Deny touches a part or has a condition", () => {
    const partly = { Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::secret" };
    const sometimes = { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: until("2020-01-01T00:00:00Z") };
    expect(checkOngoing(policies([granted, partly])).status).toBe("warning");
    expect(checkOngoing(policies([granted, sometimes])).status).toBe("warning");
  });

  test("fail when the permissions boundary does not allow them", () => {
    const boundary = {
      name: "Limits",
      arn: "arn:aws:iam::111122223333:policy/Limits",
      statements: policies([allow("ec2:*")]).statements,
    };
    const check = checkOngoing(policies([granted], { boundary }));
    expect(check.status).toBe("failed");
    expect(check.evidence).toContainEqual({
      label: "Not allowed by permissions boundary Limits",
      value: "s3:ListBucket",
    });
  });

  test("name a policy that the role may not read", () => {
    const complete = checkOngoing(policies([granted], { unreadable: [denied] }));
    expect(complete.status).toBe("warning");
    expect(JSON.stringify(complete.evidence)).toContain("CustomPolicy");
    expect(checkOngoing(policies([], { unreadable: [denied] })).status).toBe("warning");
  });

  test("are not judged as missing when AWS gave no answer", () => {
    const noAnswer = { ...denied, failure: { kind: "inconclusive", code: "Throttling", throttled: true } } as const;
    expect(checkOngoing(policies([], { unreadable: [noAnswer] })).status).toBe("warning");
  });
});

describe("setup permissions", () => {
  test("are present while granted, with the time when they end", () => {
    const attached = policies([granted, allow("ec2:CreateVpc", until("2026-06-08T00:00:00Z"))]);
    expect(checkSetup(attached, "present")).toMatchObject({
      state: "present",
      expiresAt: "2026-06-08T00:00:00.000Z",
      check: { status: "passed" },
    });
    expect(checkSetup(attached, "gone")).toMatchObject({ state: "present", check: { status: "failed" } });
  });

  test("never end by themselves when one statement has no end", () => {
    const attached = policies([allow("ec2:CreateVpc", until("2026-06-08T00:00:00Z")), allow("ec2:Create*")]);
    expect(checkSetup(attached).expiresAt).toBeUndefined();
  });

  test("that ended before setup was said to be done say so, and how to go on", () => {
    const expired = policies([granted, allow("ec2:CreateVpc", until("2026-05-31T23:59:59Z"))]);
    expect(checkSetup(expired, "present").check).toMatchObject({ status: "passed", causeId: "setup-period-over" });
    expect(checkSetup(expired, "gone").check).not.toHaveProperty("causeId");
    expect(checkSetup(policies([granted]), "present").check).not.toHaveProperty("causeId");
  });

  test("are gone when removed or expired, in either phase", () => {
    const expired = policies([granted, allow("ec2:CreateVpc", until("2026-05-31T23:59:59Z"))]);
    for (const expected of ["present", "gone"] as const) {
      expect(checkSetup(policies([granted]), expected)).toMatchObject({ state: "gone", check: { status: "passed" } });
      expect(checkSetup(expired, expected)).toMatchObject({ state: "gone", check: { status: "passed" } });
    }
  });

  test("remain when something narrower or wider grants them under another name", () => {
    const narrower = { Effect: "Allow", Action: "ec2:CreateVpc", Resource: "arn:aws:ec2:us-east-1:*:vpc/*" };
    for (const lingering of [
      narrower,
      allow("*"),
      allow("ec2:Create*"),
      { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    ]) {
      expect(checkSetup(policies([granted, lingering])).state).toBe("present");
    }
  });

  test("are not what is granted for good: an action of both phases does not linger", () => {
    expect(checkSetup(policies([granted])).state).toBe("gone");
  });

  test("are not proven gone while a policy cannot be read", () => {
    expect(checkSetup(policies([granted], { unreadable: [denied] }))).toMatchObject({
      state: "unknown",
      check: { status: "warning" },
    });
  });

  test("were never granted when the template asks for none", () => {
    const result = checkSetupPermissions({
      setup: [],
      ongoing,
      limits,
      managed: { ongoing: [], setup: [] },
      policies: policies([granted]),
      longestSeconds: 7 * 86_400,
      expected: "gone",
      now,
    });
    expect(result).toMatchObject({ state: "never-granted", check: { status: "skipped" } });
  });

  test.each([
    ["the latest of several ends", ["2026-05-01T00:00:00Z", "2099-01-01T00:00:00Z"]],
    ["an end that cannot be told", ["2026-05-01T00:00:00Z", "20990101T000000Z"]],
    ["a year, which reads like seconds", "2099"],
  ])("are still there until %s", (_what, end) => {
    const found = allow("ec2:CreateVpc", { DateLessThan: { "aws:CurrentTime": end } });
    expect(checkSetup(policies([found]))).toMatchObject({ state: "present", check: { status: "failed" } });
    expect(checkSetup(policies([found]), "present").check.status).toBe("warning");
  });

  test("are gone when the earlier of two ends that both hold has passed", () => {
    const both = { ...until("2099-01-01T00:00:00Z"), DateLessThanEquals: { "aws:EpochTime": "1767225600" } };
    expect(checkSetup(policies([allow("ec2:CreateVpc", both)])).state).toBe("gone");
  });
});

import { expect, test } from "vitest";
import config from "@/crossaccount.config";
import type { PolicyStatement } from "../grants/policy-types";
import { expectedPolicies } from ".";
import { reviewBoundary, reviewPermissions } from "./permission-review";
import { statementSummary } from "./statement-summary";

const stack = {
  partition: "aws",
  accountId: "111122223333",
  roleName: "Nimbus-1",
  setupExpiresAt: "2030-01-01T00:00:00Z",
} as const;

test("the review shows every statement of the template, and only those", () => {
  const features = config.features.map(({ id }) => id);
  const { ongoing, setup } = expectedPolicies(config, { ...stack, features });
  const inTemplate = [...ongoing, ...setup].flatMap(({ phase, document }) =>
    document.Statement.map((statement) => ({ phase, statement })),
  );
  const reviewed = reviewPermissions(config, stack).map(({ phase, json }) => ({
    phase,
    statement: JSON.parse(json) as PolicyStatement,
  }));
  // The review tells a feature's statements after all others, the template beside those of its phase.
  const bySid = (statements: typeof reviewed) =>
    statements.toSorted((one, other) => (one.statement.Sid < other.statement.Sid ? -1 : 1));
  expect(bySid(reviewed)).toEqual(bySid(inTemplate));
});

test("each statement comes with its author's reason and risk; those of the template with its own", () => {
  const reviewed = reviewPermissions(config);
  for (const { why, summary } of reviewed) expect([why, summary]).not.toContain("");
  expect(reviewed.find(({ sid }) => sid === "ReadExports")).toMatchObject({
    phase: "ongoing",
    risk: "medium",
    why: expect.stringContaining("cost reports"),
    summary: "Read in S3, only on nimbus-exports-*.",
  });
  expect(reviewed[0]).toMatchObject({ sid: "CrossAccountReadOwnRole", risk: "low" });
});

test("before the account is known, the review shows a placeholder in its place", () => {
  expect(reviewPermissions(config)[0]?.resources).toEqual(["arn:aws:iam::YOUR-ACCOUNT-ID:role/Nimbus/ROLE-NAME"]);
});

test.each([
  [["ec2:Describe*", "cloudwatch:GetMetricData"], ["*"], "Read in EC2 and CloudWatch, anywhere in the account."],
  [
    ["s3:CreateBucket", "s3:PutBucketPolicy", "s3:DeleteBucket"],
    ["arn:aws:s3:::a", "arn:aws:s3:::b"],
    "Create, delete and set permissions in S3, only on a and b.",
  ],
  [["s3:PutObjectTagging", "s3:PutObject"], ["*"], "Change and tag in S3, anywhere in the account."],
  [["ec2:*Tags"], ["*"], "Do anything in EC2, anywhere in the account."],
  [["ec2:D*Tags"], ["*"], "Read and tag in EC2, anywhere in the account."],
  [["kms:Decrypt", "kms:CreateGrant"], ["*"], "Use and set permissions in KMS, anywhere in the account."],
  [["iam:PassRole"], ["arn:aws:iam::*:role/w"], "Pass roles in IAM, only on role/w."],
  // Named like a change, and one that is a read.
  [
    ["autoscaling:StartInstanceRefresh", "support:RefreshTrustedAdvisorCheck"],
    ["*"],
    "Change in Auto Scaling and Support, anywhere in the account.",
  ],
  [["logs:StartQuery"], ["*"], "Read in CloudWatch Logs, anywhere in the account."],
  [["s3:*", "s3:GetObject"], ["*"], "Do anything in S3, anywhere in the account."],
  [["*"], ["*"], "Do anything in every service, anywhere in the account."],
  [["newservice:GetThing"], ["arn:aws:newservice:eu-west-1:*:thing/x:y"], "Read in newservice, only on thing/x:y."],
  [
    ["s3:GetObject"],
    ["a", "b", "c", "d"].map((name) => `arn:aws:s3:::${name}`),
    "Read in S3, only on a, b and 2 more.",
  ],
])("%j on %j in plain words", (Action, Resource, words) => {
  expect(statementSummary({ Sid: "S", Effect: "Allow", Action, Resource })).toBe(words);
});

test("plain words tell denials, limits and the end of the setup phase", () => {
  const statement = { Sid: "S", Action: ["s3:GetObject"], Resource: ["*"] };
  expect(statementSummary({ ...statement, Effect: "Deny" })).toBe("Never read in S3, anywhere in the account.");
  const Condition = {
    StringEquals: { "aws:RequestedRegion": "us-east-1" },
    DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
  };
  expect(statementSummary({ ...statement, Effect: "Allow", Condition })).toBe(
    "Read in S3, anywhere in the account, only in us-east-1 and until the setup permissions end.",
  );
});

test.each([
  [
    "Deny",
    { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
    "outside eu-west-1 or eu-central-1",
  ],
  ["Deny", { Bool: { "aws:SecureTransport": "false" } }, "over plain HTTP"],
  ["Deny", { NumericGreaterThan: { "s3:max-keys": "10" } }, "under a condition on s3:max-keys"],
  ["Allow", { StringEquals: { "aws:ResourceTag/owner": "nimbus" } }, "only on what is tagged owner = nimbus"],
  ["Deny", { StringEquals: { "ec2:ResourceTag/team": ["a", "b"] } }, "on what is tagged team = a or b"],
  ["Allow", { StringEquals: { "aws:RequestTag/owner": "nimbus" } }, "only with the tag owner = nimbus"],
  ["Allow", { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }, "only to ec2.amazonaws.com"],
  ["Allow", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }, "within limits on aws:SourceIp"],
] as const)("%s under %j in plain words", (Effect, Condition, words) => {
  const summary = statementSummary({ Sid: "S", Effect, Action: ["s3:GetObject"], Resource: ["*"], Condition });
  expect(summary.toLowerCase()).toBe(
    `${Effect === "Deny" ? "never " : ""}read in s3, anywhere in the account, ${words}.`.toLowerCase(),
  );
});

test.each<[string, Partial<PolicyStatement>, string]>([
  [
    "Allow",
    { NotAction: ["iam:*", "sts:*"], Resource: ["arn:aws:s3:::acme/*"] },
    "Do anything except IAM and STS, only on acme/*.",
  ],
  [
    "Deny",
    { NotAction: ["iam:*"], Resource: ["*"], Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } } },
    "Never do anything except IAM, anywhere in the account, outside eu-west-1.",
  ],
  [
    "Allow",
    { Action: ["s3:GetObject"], NotResource: ["arn:aws:s3:::private/*"] },
    "Read in S3, anywhere in the account except on private/*.",
  ],
  ["Allow", { NotAction: ["s3:DeleteBucket"], NotResource: ["*"] }, "Do anything except s3:DeleteBucket, nowhere."],
])("%s %j is told by what it leaves out", (Effect, scope, words) => {
  expect(statementSummary({ Sid: "S", Effect: Effect === "Deny" ? "Deny" : "Allow", ...scope })).toBe(words);
});

test("a statement that says what it leaves out is reviewed as one of everything but that, and in IAM's words", () => {
  const scope = { notActions: ["s3:Delete*"], notResources: ["arn:aws:s3:::private/*"], broad: "Because." };
  const shared = { effect: "Allow", why: "To see.", risk: "high" } as const;
  const [, , all, kept, guard] = reviewPermissions({
    ...config,
    ongoingPermissions: [
      { ...shared, sid: "All", ...scope },
      { ...shared, sid: "Kept", actions: ["iam:ListRoles"], resources: ["*"] },
      { ...shared, sid: "Guard", effect: "Deny", notActions: ["iam:*"], resources: ["*"] },
    ],
  });
  expect(all).toMatchObject({ actions: ["*"], resources: ["*"], limitedBy: ["Guard"], broad: "Because." });
  expect(all).toMatchObject({ notActions: ["s3:Delete*"], notResources: ["arn:aws:s3:::private/*"] });
  expect(JSON.parse(all?.json ?? "")).toEqual({
    ...{ Sid: "All", Effect: "Allow", NotAction: ["s3:Delete*"], NotResource: ["arn:aws:s3:::private/*"] },
  });
  expect([kept?.limitedBy, guard?.limitedBy]).toEqual([[], []]);
});

test("a boundary is told in words, with what the template adds to it, and one by AWS by its name", () => {
  const [role, policies, most] = statementsOf(
    reviewBoundary({
      ...config,
      role: {
        boundary: [
          { sid: "Most", effect: "Allow", notActions: ["iam:*"], resources: ["*"], why: "No IAM, ever.", risk: "low" },
        ],
      },
    }),
  );
  expect([role?.summary, policies?.sid]).toEqual([
    expect.stringMatching(/^Read in IAM/),
    "CrossAccountReadOwnPolicies",
  ]);
  expect(most).toMatchObject({ summary: "Do anything except IAM, anywhere in the account.", why: "No IAM, ever." });
  const byAws = { ...config, role: { boundary: "arn:aws:iam::aws:policy/SecurityAudit" } };
  expect(reviewBoundary(byAws, { partition: "aws-cn" })).toEqual({
    arn: "arn:aws-cn:iam::aws:policy/SecurityAudit",
    name: "SecurityAudit",
  });
  expect(reviewBoundary(config)).toBeUndefined();
});

function statementsOf(boundary: ReturnType<typeof reviewBoundary>) {
  return boundary && "statements" in boundary ? boundary.statements : [];
}

test("a permission says which guardrails of the config limit it", () => {
  const reviewed = reviewPermissions({
    ...config,
    ongoingPermissions: [
      { sid: "Machines", effect: "Allow", actions: ["ec2:Describe*"], resources: ["*"], why: "To see.", risk: "low" },
      { sid: "Files", effect: "Allow", actions: ["s3:GetObject"], resources: ["*"], why: "To see.", risk: "low" },
      { sid: "Guard", effect: "Deny", actions: ["EC2:*"], resources: ["*"], why: "To stay out.", risk: "low" },
    ],
  });
  const limitedBy = Object.fromEntries(reviewed.map((one) => [one.sid, one.limitedBy]));
  expect(limitedBy).toMatchObject({ Machines: ["Guard"], Files: [], Guard: [] });
});

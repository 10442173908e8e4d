import { expect, test } from "vitest";
import demo from "@/crossaccount.config";
import type { CrossAccountConfig } from "../config/config";
import type { Permission } from "../grants/permission";
import { type Verdict, verdictOf } from "../verdict";
import { reviewManagedPolicies, reviewPermissions } from "./permission-review";
import { verdictFacts } from "./verdict-facts";

function verdict(config: CrossAccountConfig, features: readonly string[] = []): Verdict {
  return verdictOf(verdictFacts(reviewPermissions(config), reviewManagedPolicies(config)), features);
}

function allow(actions: string[], more: Partial<Permission> = {}): Permission {
  return {
    sid: `S${actions.join("").replace(/\W/g, "")}`,
    effect: "Allow",
    actions,
    resources: ["*"],
    why: "To work.",
    risk: "low",
    ...more,
  };
}

const base = { ...demo, ongoingPermissions: [], setupPermissions: [] };
const ongoing = (...ongoingPermissions: Permission[]) => verdict({ ...base, ongoingPermissions });
const bucket = { resources: ["arn:aws:s3:::nimbus-*"] };

test("the verdict of the demo's config is three sentences that are so", () => {
  expect(verdict(demo)).toEqual({
    reads:
      "It reads in Cost Explorer, CloudWatch and EC2, and in S3 only on nimbus-exports-*; during setup also reads in Cost and Usage Reports.",
    changes:
      "It changes nothing once setup is over; until then it can create, change and set permissions in S3 only on nimbus-exports-* and change in Cost and Usage Reports only on definition/nimbus-*.",
    limits:
      "It cannot read what is in your databases, queues and secret stores, change users, roles and policies, or start, stop and enter machines; the stack gives it nothing that is not listed below.",
    isOpen: false,
  });
});

test("a role that only reads itself reads and changes nothing", () => {
  expect(verdict(base)).toMatchObject({ reads: "It reads nothing but its own role.", changes: "It changes nothing." });
});

test.each([
  ["s3:GetObject", "buckets"],
  ["s3:Get*", "buckets"],
  ["dynamodb:Scan", "databases"],
  ["rds-data:ExecuteStatement", "databases"],
  ["redshift-data:GetStatementResult", "databases"],
  ["ebs:GetSnapshotBlock", "databases"],
  ["sqs:ReceiveMessage", "queues"],
  ["kinesis:GetRecords", "queues"],
  ["secretsmanager:GetSecretValue", "secret stores"],
  ["ssm:GetParametersByPath", "secret stores"],
  ["ec2:GetPasswordData", "secret stores"],
])("%s: the verdict does not say that it cannot read %s", (action, store) => {
  const { limits } = ongoing(allow([action]));
  expect(limits).not.toMatch(new RegExp(`\\b${store}\\b`));
});

test.each([
  "iam:CreateUser",
  "sts:AssumeRole",
  "ssm:SendCommand",
  "lambda:UpdateFunctionCode",
  "ec2:StartInstances",
  "kms:Decrypt",
  "s3:PutObject",
  "sso:GetRoleCredentials",
  "unknownservice:DoThings",
  "*",
])("%s may lead further than its name says, so nothing is claimed that it cannot", (action) => {
  const { limits } = ongoing(allow([action], bucket));
  expect(limits).not.toContain("cannot");
});

test("who may set a bucket's policy may let others read what is in it", () => {
  const { limits } = ongoing(allow(["s3:PutBucketPolicy"], bucket));
  expect(limits).toContain("databases");
  expect(limits).not.toContain("buckets");
});

test("what is denied adds nothing, and a condition is not counted as a limit", () => {
  const guard = allow(["ec2:GetPasswordData"], { effect: "Deny" });
  const narrowed = allow(["s3:GetObject"], { condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } });
  const { reads, limits } = ongoing(guard, narrowed);
  expect(reads).toBe("It reads in S3.");
  expect(limits).toContain("secret stores");
  expect(limits).not.toContain("buckets");
});

test("beside a policy by AWS nothing is claimed that it cannot or does not", () => {
  const policy = { why: "To see.", risk: "low" } as const;
  const arn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
  const reading = verdict({ ...base, ongoingManagedPolicies: [{ arn: arn("SecurityAudit"), ...policy }] });
  expect(reading).toMatchObject({
    reads: "It reads what AWS puts into SecurityAudit.",
    changes: "Its own statements change nothing.",
    limits: "AWS decides what SecurityAudit allows, and may change it, so this is the least that the role may do.",
  });
  const writing = verdict({
    ...base,
    ongoingManagedPolicies: [{ arn: arn("AmazonS3FullAccess"), ...policy, escalates: "To write." }],
  });
  expect(writing.changes).toBe("It can change what AWS puts into AmazonS3FullAccess.");
  for (const sentence of [...Object.values(reading), ...Object.values(writing)])
    expect(String(sentence)).not.toMatch(/cannot|It changes nothing/);
});

test("where more can come of it than is listed, the verdict says so in place of what it cannot", () => {
  const sent = allow(["ssm:SendCommand"], { resources: ["arn:aws:ec2:*:*:instance/*"], escalates: "To collect." });
  const config = { ...base, ongoingPermissions: [sent] };
  expect(verdict(config)).toMatchObject({ isOpen: true, limits: expect.stringContaining("More can come of it") });
  expect(verdict(config).limits).not.toContain("cannot");
});

test("features count where they are chosen, and not where they are not", () => {
  const feature = {
    ...{ id: "Stop", title: "Stop idle machines", why: "To save.", default: false },
    ...{ setupPermissions: [], ongoingManagedPolicies: [], setupManagedPolicies: [] },
    ongoingPermissions: [allow(["ec2:StopInstances"], { resources: ["arn:aws:ec2:*:*:instance/*"] })],
  };
  const config = { ...base, features: [feature] };
  expect(verdict(config)).toMatchObject({
    changes: "It changes nothing.",
    limits: expect.stringContaining("machines"),
  });
  expect(verdict(config, ["Stop"]).changes).toBe("It can change in EC2 only on instance/*.");
  expect(verdict(config, ["Stop"]).limits).not.toContain("cannot");
});

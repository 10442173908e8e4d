import { describe, expect, test } from "vitest";
import { testConfigInput } from "../testing/customer";
import { type CrossAccountConfig, configWarnings, parseConfig } from "./config";

const why = "Because.";
const permission = { sid: "S", effect: "Allow", why, risk: "low", broad: why };
const declare = (...statements: object[]): CrossAccountConfig =>
  parseConfig({
    ...testConfigInput,
    setupPermissions: statements.map((one, index) => ({ ...permission, sid: `S${index}`, ...one })),
  });
const everywhere = { resources: ["*"] };
/** What leads to more than is listed, by service; without them all but some is harmless. */
const dangerous = [
  ...["iam:*", "sts:*", "organizations:*", "account:*", "sso:*", "sso-directory:*", "identitystore:*", "kms:*"],
  ...["cloudformation:*", "lambda:*", "ec2:*", "ec2-instance-connect:*", "ssm:*", "ecs:*", "eks:*", "batch:*"],
  ...["airflow:*", "apprunner:*", "bedrock-agentcore:*", "codebuild:*", "codedeploy:*", "elasticmapreduce:*"],
  ...["emr-containers:*", "glue:*", "sagemaker:*", "states:*"],
];

describe("a role that could end as administrator through what is not named is refused", () => {
  test.each<[string, object]>([
    ["all but one call", { notActions: ["s3:DeleteBucket"], ...everywhere }],
    ["all but reading IAM", { notActions: ["iam:Get*", "iam:List*"], ...everywhere }],
    [
      "all but IAM, as PowerUserAccess has it",
      { notActions: ["iam:*", "organizations:*", "account:*"], ...everywhere },
    ],
    ["all but IAM spelled in part", { notActions: ["iam:Put*", "iam:Attach*", "iam:Create*"], ...everywhere }],
    [
      "all but IAM and STS, stacks left",
      { notActions: dangerous.filter((one) => one !== "cloudformation:*"), ...everywhere },
    ],
    ["all but some, machines left", { notActions: dangerous.filter((one) => one !== "ssm:*"), ...everywhere }],
    ["all but some, functions left", { notActions: dangerous.filter((one) => one !== "lambda:*"), ...everywhere }],
    [
      "all but some, PassRole left",
      { notActions: ["iam:A*", "iam:C*", "iam:D*", "iam:P?t*", "iam:S*", "iam:U*"], ...everywhere },
    ],
    ["all but some on every role", { notActions: ["s3:*"], resources: ["arn:aws:iam::*:role/*"] }],
    ["all but some on its own path", { notActions: ["iam:PutRolePolicy"], resources: ["arn:aws:iam::*:role/acme/*"] }],
    ["all but some on its own policies", { notActions: ["iam:Get*"], resources: ["arn:aws:iam::*:policy/acme/*"] }],
    [
      "all but some on its own stack",
      { notActions: ["cloudformation:Get*"], resources: ["arn:aws:cloudformation:*:*:stack/acme-*"] },
    ],
    [
      "writing every role but its own",
      { actions: ["iam:PutRolePolicy"], notResources: ["arn:aws:iam::*:role/acme/*"] },
    ],
    ["becoming every role but its own", { actions: ["sts:AssumeRole"], notResources: ["arn:aws:iam::*:role/acme/*"] }],
    [
      "its own role, by leaving out another",
      { actions: ["iam:AttachRolePolicy"], notResources: ["arn:aws:iam::*:role/other/*"] },
    ],
    [
      "its own stack, by leaving out another",
      { actions: ["cloudformation:UpdateStack"], notResources: ["arn:aws:cloudformation:*:*:stack/x/*"] },
    ],
    [
      "commands on every machine but one",
      { actions: ["ssm:SendCommand"], notResources: ["arn:aws:ec2:*:*:instance/i-1"] },
    ],
    ["all but some, on all but some", { notActions: ["s3:*"], notResources: ["arn:aws:s3:::acme"] }],
    [
      "all but some in one Region",
      { notActions: ["s3:*"], ...everywhere, condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } },
    ],
  ])("%s", (_name, statement) => {
    const refused = /would let the role (gain more|change its own)/;
    expect(() => declare(statement)).toThrow(refused);
    expect(() => declare({ ...statement, escalates: why })).toThrow(refused);
  });

  test("passing a role in one statement and starting with it by all but some in another", () => {
    const pass = { actions: ["iam:PassRole"], resources: ["*"] };
    expect(() => declare(pass, { notActions: dangerous.filter((one) => one !== "states:*"), ...everywhere })).toThrow(
      /iam:PassRole together with \S+ starts something with any role/,
    );
  });

  test("a tag that all but some would let the role set narrows nothing", () => {
    const tagged = {
      actions: ["ssm:SendCommand"],
      resources: ["arn:aws:ec2:*:*:instance/*"],
      condition: { StringEquals: { "aws:ResourceTag/owner": "acme" } },
      escalates: why,
    };
    expect(() => declare(tagged)).not.toThrow();
    const others = dangerous.filter((one) => one !== "ec2:*");
    expect(() =>
      declare(tagged, { notActions: ["ssm:*", ...others], resources: ["arn:aws:ec2:*:*:instance/*"] }),
    ).toThrow("ssm:SendCommand");
  });
});

describe("what is not named and leads nowhere is taken", () => {
  test.each<[string, object]>([
    [
      "all but deleting, on named buckets",
      { notActions: ["s3:Delete*"], resources: ["arn:aws:s3:::acme-*", "arn:aws:s3:::acme-*/*"] },
    ],
    ["all but what is dangerous, everywhere", { notActions: dangerous, ...everywhere }],
    ["reading all but one bucket", { actions: ["s3:GetObject"], notResources: ["arn:aws:s3:::private/*"] }],
    [
      "forbidding all but IAM outside a Region",
      {
        effect: "Deny",
        notActions: ["iam:*", "sts:*"],
        ...everywhere,
        broad: undefined,
        condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
      },
    ],
    [
      "forbidding what is outside a path",
      { effect: "Deny", actions: ["s3:PutObject"], notResources: ["arn:aws:s3:::acme/*"], broad: undefined },
    ],
  ])("%s", (_name, statement) => {
    expect(() => declare({ actions: ["ec2:DescribeVpcs"], ...everywhere }, statement)).not.toThrow();
  });
});

describe("what is wrong with a statement that says what it leaves out", () => {
  test.each<[string, object, string]>([
    ["neither list", { ...everywhere }, "setupPermissions[0].actions: is missing; so is notActions"],
    ["no resources", { actions: ["s3:GetObject"] }, "setupPermissions[0].resources: is missing; so is notResources"],
    [
      "both lists",
      { actions: ["s3:GetObject"], notActions: ["s3:PutObject"], ...everywhere },
      "notActions: says the opposite of actions",
    ],
    [
      "both resources",
      { actions: ["s3:GetObject"], ...everywhere, notResources: ["*"] },
      "notResources: says the opposite of resources",
    ],
    ["an empty list", { notActions: [], ...everywhere }, "must name at least one action"],
    [
      "a misspelt exception, which leaves nothing out",
      { notActions: [...dangerous, "s3:DeleteBuckt"], ...everywhere },
      `notActions[${dangerous.length}]: is not an action that AWS has; did you mean s3:DeleteBucket`,
    ],
    [
      "no reason for the breadth",
      { notActions: dangerous, ...everywhere, broad: undefined },
      "notActions: allows everything but what it names",
    ],
    ["a part of an ARN", { actions: ["s3:GetObject"], notResources: ["my-bucket"] }, "notResources[0]: must be"],
    [
      "a Deny of all but some that leaves nothing",
      { effect: "Deny", notActions: ["s3:PutObject"], ...everywhere },
      "is denied everywhere",
    ],
    [
      "a Deny of all but some that blinds",
      { effect: "Deny", notActions: ["ec2:*", "s3:*"], ...everywhere },
      "would keep the role from reading itself",
    ],
  ])("%s", (_name, statement, message) => {
    expect(() => declare(statement)).toThrow(message);
  });

  test("all that a pattern lets the role gain is told at once", () => {
    const lists = () => declare({ notActions: ["iam:*", "sts:*", "cloudformation:*"], ...everywhere });
    expect(lists).toThrow(/; so would .*\blambda:UpdateFunctionCode,.*\bsso:PutPermissionsPolicy\. Narrow the actions/);
    expect(() => declare({ actions: ["lambda:Update*"], ...everywhere })).toThrow(
      "lambda:UpdateFunctionCode runs its own code with the roles of functions; so would lambda:UpdateFunctionConfiguration. Narrow",
    );
  });

  test("several faults are told at once", () => {
    const faults = () => declare({ why: "", effect: "Maybe" });
    expect(faults).toThrow("actions: is missing");
    expect(faults).toThrow("setupPermissions[0].why");
  });

  test("an exception that AWS has nothing like is warned of", () => {
    const config = declare({ notActions: [...dangerous, "zzzz:Frobnicate"], ...everywhere });
    expect(configWarnings(config)).toMatchObject([{ path: `setupPermissions[0].notActions[${dangerous.length}]` }]);
  });
});

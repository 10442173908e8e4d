import { describe, expect, test } from "vitest";
import { CrossAccountError } from "../errors";
import { policyActions, roleActions, stackActions, stackSetActions } from "../policy/self-escalation";
import { reviewPermissions } from "../template/permission-review";
import { parseConfig } from "./config";

type Statement = Record<string, unknown>;
const allow = (actions: string[], resources: string[], more: object = {}): Statement => ({
  actions,
  resources,
  ...more,
});
const escalates = "Needed to run your jobs.";

const declared = (statements: readonly Statement[]) => ({
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: statements.map((statement, index) => ({
    sid: `S${index}`,
    effect: "Allow",
    why: "Because.",
    risk: "high",
    ...statement,
  })),
  branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
});

/** The faults of a declaration, a line each; none when it is taken. */
function faults(...statements: Statement[]): string[] {
  try {
    parseConfig(declared(statements));
  } catch (error) {
    if (!(error instanceof CrossAccountError && error.code === "config-invalid")) throw error;
    return error.message.split("\n").slice(1);
  }
  return [];
}

const instances = ["arn:aws:ec2:*:*:instance/*"];
const owner = { condition: { StringEquals: { "aws:ResourceTag/owner": "nimbus" } } };
const workers = ["arn:aws:iam::*:role/nimbus-workers/*"];
const limits = "arn:aws:iam::111122223333:policy/nimbus-limits";
const bounded = { condition: { ArnEquals: { "iam:PermissionsBoundary": limits } } };
const attaching = {
  condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore" } },
};
const launch = allow(["ec2:RunInstances"], ["*"]);

describe("narrowed: refused until it is acknowledged", () => {
  test.each<[string, RegExp, Statement, ...Statement[]]>([
    ["machines by tag", /by a tag/, allow(["ec2:ModifyInstanceAttribute", "ec2:StartInstances"], instances, owner)],
    [
      "commands by tag",
      /by a tag/,
      allow(["ssm:SendCommand"], instances, owner),
      allow(["ssm:SendCommand"], ["arn:aws:ssm:*:*:document/AWS-RunShellScript"]),
    ],
    ["profiles by tag", /by a tag/, allow(["ec2:ReplaceIamInstanceProfileAssociation"], instances, owner)],
    [
      "clusters by tag",
      /by a tag/,
      allow(["elasticmapreduce:AddJobFlowSteps"], ["*"], {
        condition: { StringEquals: { "elasticmapreduce:ResourceTag/owner": "nimbus" } },
      }),
    ],
    [
      "a stack by name",
      /by the names/,
      allow(["cloudformation:UpdateStack"], ["arn:aws:cloudformation:us-east-1:111122223333:stack/workers/*"]),
    ],
    [
      "a function by name",
      /by the names/,
      allow(["lambda:UpdateFunctionCode"], ["arn:aws:lambda:*:*:function:nimbus-*"]),
    ],
    ["a role to take by name", /by the names/, allow(["sts:AssumeRole"], workers)],
    ["roles to pass by name", /by the names/, allow(["iam:PassRole"], workers), launch],
    [
      "roles to write, bounded",
      /by a permissions boundary/,
      allow(["iam:PutRolePolicy", "iam:AttachRolePolicy"], workers, bounded),
    ],
    [
      "policies to attach",
      /by the policies/,
      allow(["iam:AttachRolePolicy"], workers, attaching),
      allow(["iam:CreateRole"], workers),
    ],
  ])("%s", (_, how, statement, ...others) => {
    const said = faults(statement, ...others);
    expect(said.length).toBeGreaterThan(0);
    for (const line of said) {
      expect(line).toMatch(
        /^ {2}- ongoingPermissions\[0\]\.actions\[\d\]: would let the role gain more than it is given/,
      );
      expect(line).toMatch(how);
      expect(line).toMatch(/say why it is needed in "escalates"/);
    }
    expect(faults({ ...statement, escalates }, ...others)).toEqual([]);
  });
});

describe("open: refused whatever is acknowledged, with what would help", () => {
  test.each<[string, RegExp, Statement, ...Statement[]]>([
    ["any machine", /name the resources, or demand a tag/, allow(["ssm:SendCommand"], ["*"])],
    [
      "a tag that the role sets",
      /no statement lets the role set/,
      allow(["ssm:SendCommand"], instances, owner),
      allow(["ec2:CreateTags"], instances),
    ],
    ["any role to pass", /Name the roles .* iam:PassedToService/, allow(["iam:PassRole"], ["*"]), launch],
    [
      "any role to pass to one service",
      /Name the roles/,
      allow(["iam:PassRole"], ["*"], { condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } } }),
      launch,
    ],
    ["roles to pass by tag", /tags of roles do not count/, allow(["iam:PassRole"], ["*"], owner), launch],
    ["roles to write", /iam:PermissionsBoundary/, allow(["iam:PutRolePolicy"], workers)],
    [
      "policies of any kind to attach",
      /iam:PermissionsBoundary.*iam:PolicyARN/,
      allow(["iam:AttachRolePolicy"], workers),
    ],
    [
      "a boundary that it writes",
      /can neither write/,
      allow(["iam:PutRolePolicy"], workers, bounded),
      allow(["iam:CreatePolicy"], [limits]),
    ],
    [
      "a boundary that it takes away",
      /nor take away/,
      allow(["iam:PutRolePolicy"], workers, bounded),
      allow(["iam:DeleteRolePermissionsBoundary"], workers, { escalates }),
    ],
    [
      "AdministratorAccess to attach",
      /iam:PolicyARN/,
      allow(["iam:AttachRolePolicy"], workers, {
        condition: { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" } },
      }),
    ],
    [
      "versions of policies",
      /Nothing narrows that call/,
      allow(["iam:CreatePolicyVersion"], ["arn:aws:iam::*:policy/nimbus-workers/*"]),
    ],
    [
      "policies of groups",
      /Nothing narrows that call/,
      allow(["iam:PutGroupPolicy"], ["arn:aws:iam::*:group/nimbus-workers"]),
    ],
    ["policies of users", /iam:PermissionsBoundary/, allow(["iam:PutUserPolicy"], ["arn:aws:iam::*:user/nimbus/*"])],
    ["the root user", /Nothing narrows|name the resources/, allow(["sts:AssumeRoot"], ["*"])],
    [
      "any stack",
      /name the resources, or demand a tag/,
      allow(["cloudformation:UpdateStackSet"], ["arn:aws:cloudformation:*:*:stackset/a*"]),
    ],
  ])("%s", (_, help, statement, ...others) => {
    expect(faults(statement, ...others)[0]).toMatch(help);
    const acknowledged = faults({ ...statement, escalates }, ...others);
    expect(acknowledged[0]).toMatch(/^ {2}- ongoingPermissions\[0\]\.actions\[0\]: would let the role/);
    expect(acknowledged[0]).toMatch(/"escalates" excuses only what is narrowed|change its own/);
  });
});

describe("the role itself, by whatever pattern, is refused whatever is acknowledged", () => {
  const reached: [string, string, string][] = [
    ...roleActions.flatMap((action) =>
      [
        "*",
        "arn:aws:iam::*:role/*",
        "arn:aws:iam::*:role/Nim*",
        "arn:aws:iam::*:role/?imbus/x",
        "arn:aws:iam::111122223333:role/Nimbus/Nimbus-CrossAccount-0",
      ].map((resource): [string, string, string] => [action, resource, "policies, trust, boundary or tags"]),
    ),
    ...policyActions.flatMap((action) =>
      ["*", "arn:aws:iam::*:policy/*", "arn:aws:iam::*:policy/Nim*"].map((resource): [string, string, string] => [
        action,
        resource,
        "policies",
      ]),
    ),
    ...stackActions.flatMap((action) =>
      [
        "*",
        "arn:aws:cloudformation:*:*:stack/*",
        "arn:aws:cloudformation:us-east-1:111122223333:stack/Nimbus-0/*",
        "arn:aws:cloudformation:*:*:*",
      ].map((resource): [string, string, string] => [action, resource, "stack"]),
    ),
    ...stackSetActions.flatMap((action) =>
      ["*", "arn:aws:cloudformation:*:*:stackset/*", "arn:aws:cloudformation:*:*:stackset/Nimbus-0:*"].map(
        (resource): [string, string, string] => [action, resource, "stack"],
      ),
    ),
  ];

  test("every call of the lists", () => {
    expect([roleActions, policyActions, stackActions, stackSetActions].map(({ length }) => length)).toEqual([
      12, 3, 4, 3,
    ]);
    expect(reached.length).toBe(94);
  });

  test.each(reached)("%s on %s", (action, resource, target) => {
    for (const more of [{}, { escalates }, { escalates, ...owner }, { escalates, ...bounded }]) {
      const said = faults(allow([action], [resource], more));
      expect(said.filter((line) => line.includes(`would let the role change its own ${target}`))).toHaveLength(1);
      expect(said.filter((line) => line.includes(".actions[0]"))).toHaveLength(1);
    }
  });

  test.each([
    "arn:aws:cloudformation:us-east-1:111122223333:stack/workers/*",
    "arn:aws:cloudformation:*:*:stack/workers-*",
    "arn:aws:cloudformation:*:*:stack/NimbusWorkers/*",
  ])("not another stack: %s", (resource) => {
    expect(faults(allow([...stackActions], [resource], { escalates }))).toEqual([]);
  });
});

describe("what acknowledges nothing is a mistake", () => {
  test.each<[string, Statement]>([
    ["reading", allow(["s3:GetObject"], ["arn:aws:s3:::nimbus-*"], { escalates })],
    ["starting machines without a role to pass", { ...launch, escalates }],
    ["a denial", allow(["iam:PutRolePolicy"], ["*"], { effect: "Deny", escalates })],
  ])("%s", (_, statement) => {
    expect(faults(allow(["ec2:DescribeInstances"], ["*"]), statement)).toEqual([
      "  - ongoingPermissions[1].escalates: acknowledges nothing: no action here leads to more than is listed",
    ]);
  });

  test("but each statement that takes part may say so", () => {
    const pass = allow(["iam:PassRole"], workers, { escalates });
    const create = allow(["iam:CreateRole"], workers, { escalates });
    expect(faults(pass, { ...launch, escalates }, create)).toEqual([]);
  });
});

test("the review says what it makes possible, and why", () => {
  const config = parseConfig(declared([allow(["ssm:SendCommand"], instances, { ...owner, escalates }), launch]));
  const [command, start] = reviewPermissions(config).filter(({ sid }) => /^S\d$/.test(sid));
  expect(command).toMatchObject({
    escalates,
    leadsTo: ["ssm:SendCommand runs its own commands on machines and takes their roles"],
  });
  expect(start).toMatchObject({ leadsTo: [] });
  expect(start).not.toHaveProperty("escalates");
});

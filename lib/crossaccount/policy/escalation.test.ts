import { describe, expect, test } from "vitest";
import { type EscalationGrant, findEscalations } from "./escalation";
import { isBroad } from "./reach";

const allow = (actions: string[], resources = ["*"], condition?: EscalationGrant["condition"]): EscalationGrant => ({
  effect: "Allow",
  actions,
  resources,
  ...(condition && { condition }),
});
/** What nothing narrows. */
const named = (...grants: EscalationGrant[]) =>
  findEscalations(grants).flatMap(({ allows, narrowedBy }) => (narrowedBy ? [] : [allows]));

describe("one call alone escalates", () => {
  test.each([
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:AttachUserPolicy",
    "iam:AddUserToGroup",
    "sts:AssumeRole",
    "lambda:UpdateFunctionCode",
    "ssm:SendCommand",
    "cloudformation:UpdateStack",
    "codebuild:StartBuild",
  ])("%s on everything", (action) => {
    expect(named(allow([action]))).toContain(action);
    expect(named(allow([`${action.slice(0, -2)}*`]))).not.toEqual([]);
  });

  test("but not where its resources are the author's own", () => {
    expect(named(allow(["lambda:UpdateFunctionCode"], ["arn:aws:lambda:*:*:function:nimbus-*"]))).toEqual([]);
    expect(named(allow(["iam:CreateAccessKey"], ["arn:aws:iam::*:user/nimbus/*"]))).toEqual([]);
    expect(named(allow(["sts:AssumeRole"], ["arn:aws:iam::*:role/*"]))).toEqual(["sts:AssumeRole"]);
  });

  test.each([
    "arn:aws:iam::*:role*",
    "arn:aws:iam::*:rol*",
    "arn:aws:iam::*:role?*",
    "arn:aws:iam::*:r*/a*",
    "arn:aws:iam::*:role/OrganizationAccountAccessRole",
    "arn:aws:iam::*:role/cdk-hnb659fds-deploy-role-*",
  ])("nor where they are everybody's, or a name that AWS gives: %s", (resource) => {
    expect(named(allow(["sts:AssumeRole"], [resource]))).toEqual(["sts:AssumeRole"]);
    expect(named(allow(["iam:PassRole"], [resource]), allow(["lambda:CreateFunction"]))).toContain("iam:PassRole");
  });

  test.each([
    ["iam:CreateAccessKey", "arn:aws:iam::*:user*"],
    ["ssm:SendCommand", "arn:aws:ec2:*:*:instance*"],
    ["lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function*"],
    ["iam:UpdateAssumeRolePolicy", "arn:aws:iam::*:role/A*"],
    ["codebuild:StartBuildBatch", "*"],
    ["ssm:CreateAssociation", "*"],
    ["sts:AssumeRoot", "*"],
    ["iam:AddClientIDToOpenIDConnectProvider", "*"],
    ["sso:CreateAccountAssignment", "*"],
    ["kms:PutKeyPolicy", "*"],
    ["elasticmapreduce:AddJobFlowSteps", "*"],
    ["bedrock-agentcore:InvokeCodeInterpreter", "*"],
    ["eks:AssociateAccessPolicy", "*"],
  ])("%s on %s", (action, resource) => {
    expect(named(allow([action], [resource]))).toEqual([action]);
  });

  test("and denied is harmless", () => {
    expect(named({ ...allow(["iam:*"]), effect: "Deny" })).toEqual([]);
  });
});

describe("calls that escalate together", () => {
  test.each([
    "lambda:CreateFunction",
    "ec2:RunInstances",
    "cloudformation:CreateStack",
    "glue:CreateJob",
    "ecs:*",
    "ecs:CreateService",
    "glue:CreateSession",
    "bedrock-agentcore:CreateCodeInterpreter",
    "sagemaker:CreateTransformJob",
    "codepipeline:UpdatePipeline",
    "imagebuilder:CreateImage",
    "ec2:CreateFleet",
    "eks:CreatePodIdentityAssociation",
    "airflow:CreateEnvironment",
    "events:PutTargets",
    "synthetics:CreateCanary",
    "states:TestState",
    "cloudformation:CreateResource",
  ])("passing any role to %s, from another statement", (launch) => {
    expect(named(allow(["iam:PassRole"]), allow([launch]))).toContain("iam:PassRole");
  });

  test("not a role that is named, nor passing without starting anything", () => {
    const own = ["arn:aws:iam::*:role/nimbus-workers/*"];
    expect(named(allow(["iam:PassRole"], own), allow(["lambda:CreateFunction"]))).toEqual([]);
    expect(named(allow(["iam:PassRole"]), allow(["s3:GetObject"]))).toEqual([]);
  });

  test.each([
    ["ec2:ModifyInstanceAttribute", "ec2:StartInstances"],
    ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
    ["sagemaker:UpdateNotebookInstance", "sagemaker:StartNotebookInstance"],
  ])("%s with %s", (change, start) => {
    expect(named(allow([change]), allow([start]))).toEqual([change]);
    expect(named(allow([change]), allow(["s3:GetObject"]))).toEqual([]);
  });

  test("giving a role permissions, with or without a call that takes it, unless a boundary is demanded", () => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const boundary = { StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } };
    const grants = (condition?: EscalationGrant["condition"]) => [
      allow(["iam:PutRolePolicy"], workers, condition),
      allow(["iam:CreateRole"], workers, condition),
    ];
    expect(named(...grants())).toContain("iam:PutRolePolicy");
    expect(named(...grants(boundary))).toEqual([]);
    expect(named(allow(["iam:PutRolePolicy"], workers))).toEqual(["iam:PutRolePolicy"]);
    expect(named(allow(["iam:PutRolePolicy"], workers, boundary))).toEqual([]);
  });

  test.each([
    ["any boundary", "iam:PutRolePolicy", { StringLike: { "iam:PermissionsBoundary": "*" } }],
    [
      "a boundary that bounds nothing",
      "iam:PutRolePolicy",
      { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess" } },
    ],
    ["any policy", "iam:AttachRolePolicy", { ArnLike: { "iam:PolicyARN": "arn:aws:iam::*:policy/*" } }],
    ["any policy of AWS", "iam:AttachRolePolicy", { ArnLike: { "iam:PolicyARN": "arn:aws:iam::aws:policy/*" } }],
    [
      "some policies and AdministratorAccess",
      "iam:AttachRolePolicy",
      {
        ArnEquals: {
          "iam:PolicyARN": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/AdministratorAccess"],
        },
      },
    ],
    [
      "IAMFullAccess",
      "iam:AttachRolePolicy",
      { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/IAMFullAccess" } },
    ],
    [
      "a harmless policy if one is named",
      "iam:AttachRolePolicy",
      { ArnEqualsIfExists: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
    ],
    [
      "a harmless policy of all that are named",
      "iam:AttachRolePolicy",
      { "ForAllValues:ArnEquals": { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" } },
    ],
    [
      "a boundary of all that are named",
      "iam:PutRolePolicy",
      { "ForAllValues:StringLike": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } },
    ],
    [
      "a boundary by an operator that IAM does not have",
      "iam:PutRolePolicy",
      { "ForAnyValues:StringEquals": { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } },
    ],
  ])("though a condition demands %s", (_what, action, condition) => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    expect(named(allow([action], workers, condition), allow(["iam:CreateRole"], workers))).toContain(action);
  });

  const comparing = ["StringEquals", "StringLike", "ArnEquals", "ArnLike"];
  const demanded = [
    ["iam:AttachRolePolicy", "iam:PolicyARN", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
    ["iam:PutRolePolicy", "iam:PermissionsBoundary", "arn:aws:iam::111122223333:policy/limits"],
  ] as const;
  const tamed = (operator: string, [action, key, arn]: (typeof demanded)[number]) => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const condition = { [operator]: { [key]: arn } };
    return !named(allow([action], workers, condition), allow(["iam:CreateRole"], workers, condition)).includes(action);
  };

  test.each(comparing)("unless a condition demands a harmless policy by %s", (operator) => {
    for (const demand of demanded) expect(tamed(operator, demand)).toBe(true);
  });

  test.each([
    ...["ForAllValues:", "ForAnyValue:"].flatMap((set) =>
      comparing.flatMap((operator) => ["", "IfExists"].map((suffix) => `${set}${operator}${suffix}`)),
    ),
    ...comparing.map((operator) => `${operator}IfExists`),
    ...["StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike", "StringEqualsIgnoreCase"],
  ])("though one is demanded by %s, which other policies may pass", (operator) => {
    for (const demand of demanded) expect(tamed(operator, demand)).toBe(false);
  });

  test.each([
    ["iam:DeleteRolePermissionsBoundary", undefined],
    ["iam:*Boundary", { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } }],
    ["iam:PutRolePermissionsBoundary", undefined],
    ["iam:CreatePolicyVersion", undefined],
  ])("though a boundary is demanded, when %s lifts it", (lifts, lifting) => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const boundary = { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } };
    const grants = [allow(["iam:PutRolePolicy"], workers, boundary), allow(["iam:CreateRole"], workers, boundary)];
    expect(named(...grants)).toEqual([]);
    const where = lifts === "iam:CreatePolicyVersion" ? ["arn:aws:iam::*:policy/limits"] : workers;
    expect(named(...grants, allow([lifts], where, lifting))).toContain("iam:PutRolePolicy");
  });

  test("though not when only that boundary may be put", () => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const boundary = { ArnEquals: { "iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limits" } };
    const actions = ["iam:PutRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary"];
    expect(named(allow(actions, workers, boundary))).toEqual([]);
  });

  test("unless the policies that may be attached are named and harmless", () => {
    const workers = ["arn:aws:iam::*:role/workers/*"];
    const only = (arn: string) => ({ ArnEquals: { "iam:PolicyARN": arn } });
    const grants = (arn: string) => [
      allow(["iam:AttachRolePolicy"], workers, only(arn)),
      allow(["iam:CreateRole"], workers),
    ];
    expect(named(...grants("arn:aws:iam::aws:policy/ReadOnlyAccess"))).toEqual([]);
    const own = "arn:aws:iam::111122223333:policy/workers/limits";
    expect(named(...grants(own))).toEqual([]);
    expect(named(...grants(own), allow(["iam:CreatePolicy"], ["arn:aws:iam::*:policy/workers/*"]))).toContain(
      "iam:AttachRolePolicy",
    );
  });
});

test.each([
  ["*", true],
  ["arn:aws:iam::*:user/*", true],
  ["arn:aws:lambda:*:*:function:*", true],
  ["arn:aws:lambda:*:*:function:a*", true],
  ["arn:aws:s3:::*", true],
  ["arn:aws:iam::*:user*", true],
  ["arn:aws:ecs:*:*:*", true],
  ["arn:aws:s3:::nimbus-*", false],
  ["arn:aws:s3:::nimbus-exports/*", false],
  ["arn:aws:s3:::*/*", true],
  ["arn:aws:s3:eu-west-1:111122223333:accesspoint/*", true],
  ["arn:aws:emr-containers:*:*:/virtualclusters/*", true],
  ["arn:aws:states:*:*:stateMachine:*", true],
  ["arn:aws:states:*:*:stateMachine:nimbus-*", false],
  ["arn:aws:glue:*:*:devEndpoint/*", true],
  ["arn:aws:sns:*:*:nimbus-*", false],
  ["arn:aws:iam::*:role/db", false],
  ["arn:aws:ec2:us-east-1:*:instance/*", true],
])("the resource %s is broad: %s", (resource, broad) => {
  expect(isBroad(resource)).toBe(broad);
});

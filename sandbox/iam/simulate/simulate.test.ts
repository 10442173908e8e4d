import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  type EvaluationResult,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../server";
import {
  administratorOf,
  type ClientSettings,
  expectError,
  iamOf,
  policyOf,
  sessionOf,
  stsOf,
} from "../../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const RoleName = "Portal";
const roleArn = `arn:aws:iam::${customer}:role/vendor/Portal`;
const report = "arn:aws:s3:::reports/one.csv";
const bucketTemplate = `arn:\${Partition}:s3:::\${BucketName}`;
const secret = "arn:aws:s3:::secrets/one.csv";

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(async () => {
  sandbox.reset();
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" });
  await iam().send(new CreateRoleCommand({ RoleName, Path: "/vendor/", AssumeRolePolicyDocument: trust }));
});
afterAll(() => sandbox.close());

const iam = (settings: ClientSettings = administratorOf(customer, sandbox.url)) => iamOf(settings);
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const deny = (Action: string | string[], more: object = {}) => ({ ...allow(Action, more), Effect: "Deny" });
const put = (...statements: object[]) =>
  iam().send(new PutRolePolicyCommand({ RoleName, PolicyName: "own", PolicyDocument: policyOf(...statements) }));

type Input = Partial<SimulatePrincipalPolicyCommandInput>;

function simulate(ActionNames: string[], more: Input = {}, settings?: ClientSettings) {
  const input = { PolicySourceArn: roleArn, ActionNames, ...more };
  return iam(settings).send(new SimulatePrincipalPolicyCommand(input));
}

async function results(actions: string[], more?: Input): Promise<EvaluationResult[]> {
  return (await simulate(actions, more)).EvaluationResults ?? [];
}

async function result(action: string, more?: Input): Promise<EvaluationResult | undefined> {
  const all = await results([action], more);
  expect(all).toHaveLength(1);
  return all[0];
}

const decisions = (all: EvaluationResult[]) => all.map(({ EvalDecision }) => EvalDecision);

describe("decisions", () => {
  test("one result for each action, in the order asked", async () => {
    await put(allow("s3:Get*"), deny("s3:GetBucketAcl"));
    const all = await results(["s3:GetObject", "s3:PutObject", "s3:GetBucketAcl"]);
    expect(all.map(({ EvalActionName }) => EvalActionName)).toEqual([
      "s3:GetObject",
      "s3:PutObject",
      "s3:GetBucketAcl",
    ]);
    expect(decisions(all)).toEqual(["allowed", "implicitDeny", "explicitDeny"]);
    expect(all.map(({ EvalResourceName }) => EvalResourceName)).toEqual([
      `${bucketTemplate}/\${KeyName}`,
      `${bucketTemplate}/\${KeyName}`,
      bucketTemplate,
    ]);
    expect(all[0]?.MatchedStatements).toEqual([{ SourcePolicyId: "role_Portal_own", SourcePolicyType: "role" }]);
    expect(all[0]?.ResourceSpecificResults).toBeUndefined();
    expect(all[0]?.OrganizationsDecisionDetail).toBeUndefined();
    expect(all[0]?.PermissionsBoundaryDecisionDetail).toBeUndefined();
  });

  test("over several resources the strictest, with those on each resource within it", async () => {
    await put(allow("s3:GetObject", { Resource: "arn:aws:s3:::reports/*" }));
    const answer = await result("s3:GetObject", { ResourceArns: [report, secret] });
    expect(answer?.EvalDecision).toBe("implicitDeny");
    const each = (one?: EvaluationResult) =>
      one?.ResourceSpecificResults?.map((on) => [on.EvalResourceName, on.EvalResourceDecision]);
    expect(each(answer)).toEqual([
      [report, "allowed"],
      [secret, "implicitDeny"],
    ]);
    await put(allow("s3:GetObject"), deny("s3:GetObject", { Resource: "arn:aws:s3:::secrets/*" }));
    const denied = await result("s3:GetObject", { ResourceArns: [report, secret] });
    expect(denied?.EvalDecision).toBe("explicitDeny");
    expect(each(denied)).toEqual([
      [report, "allowed"],
      [secret, "explicitDeny"],
    ]);
  });

  test("attached policies count by their default version, AWS's own too, and those sent along", async () => {
    const PolicyDocument = policyOf(allow("sqs:SendMessage"));
    const { Policy } = await iam().send(new CreatePolicyCommand({ PolicyName: "queue", PolicyDocument }));
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: Policy?.Arn }));
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/SecurityAudit" }));
    const all = await results(["sqs:SendMessage", "ec2:DescribeRegions", "s3:PutObject"], {
      PolicyInputList: [policyOf(allow("s3:PutObject"))],
    });
    expect(decisions(all)).toEqual(["allowed", "allowed", "allowed"]);
    expect(all.map(({ MatchedStatements }) => MatchedStatements?.[0])).toEqual([
      { SourcePolicyId: "queue", SourcePolicyType: "user-managed" },
      { SourcePolicyId: "SecurityAudit", SourcePolicyType: "aws-managed" },
      { SourcePolicyId: "PolicyInputList.1", SourcePolicyType: "none" },
    ]);
  });
});

describe("context keys", () => {
  const Condition = {
    DateLessThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" },
    StringEquals: { "ec2:Region": "eu" },
  };
  const entry = (ContextKeyName: string, value: string, ContextKeyType: "date" | "string") => ({
    ContextKeyName,
    ContextKeyValues: [value],
    ContextKeyType,
  });

  test("those not sent are named and their conditions fail", async () => {
    await put(allow("ec2:RunInstances", { Condition }), allow("s3:GetObject"));
    const answer = await result("ec2:RunInstances");
    expect(answer?.EvalDecision).toBe("implicitDeny");
    expect(answer?.MissingContextValues).toEqual(["aws:CurrentTime", "ec2:Region"]);
    expect((await result("s3:GetObject"))?.MissingContextValues).toEqual([]);
  });

  test("for named resources they stand with each", async () => {
    await put(allow("s3:GetObject"), deny("s3:GetObject", { Resource: secret, Condition }));
    const answer = await result("s3:GetObject", { ResourceArns: [report, secret] });
    const each = answer?.ResourceSpecificResults?.map(({ MissingContextValues }) => MissingContextValues);
    expect(each).toEqual([[], ["aws:CurrentTime", "ec2:Region"]]);
  });

  test("those sent decide", async () => {
    await put(allow("ec2:RunInstances", { Condition }));
    const at = (time: string) => ({
      ContextEntries: [entry("aws:CurrentTime", time, "date"), entry("ec2:Region", "eu", "string")],
    });
    const before = await result("ec2:RunInstances", at("2026-05-31T00:00:00Z"));
    expect([before?.EvalDecision, before?.MissingContextValues]).toEqual(["allowed", []]);
    expect((await result("ec2:RunInstances", at("2026-06-02T00:00:00Z")))?.EvalDecision).toBe("implicitDeny");
  });

  test("policy variables without a value are named too", async () => {
    await put(allow("s3:GetObject", { Resource: `arn:aws:s3:::home/\${aws:username}/*` }));
    const answer = await result("s3:GetObject", { ResourceArns: ["arn:aws:s3:::home/ada/x"] });
    expect(answer?.EvalDecision).toBe("implicitDeny");
    expect(answer?.ResourceSpecificResults?.[0]?.MissingContextValues).toEqual(["aws:username"]);
  });
});

describe("what caps a role", () => {
  test("a permissions boundary", async () => {
    await put(allow(["s3:GetObject", "s3:PutObject"]));
    const PolicyDocument = policyOf(allow("s3:GetObject"));
    const { Policy } = await iam().send(new CreatePolicyCommand({ PolicyName: "edge", PolicyDocument }));
    await iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: Policy?.Arn }));
    const all = await results(["s3:GetObject", "s3:PutObject"]);
    expect(decisions(all)).toEqual(["allowed", "implicitDeny"]);
    const within = (one: EvaluationResult) => one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary;
    expect(all.map(within)).toEqual([true, false]);
    const wider = { PermissionsBoundaryPolicyInputList: [policyOf(allow("s3:*"))] };
    expect(decisions(await results(["s3:PutObject"], wider))).toEqual(["allowed"]);
  });

  test("a service control policy that denies, an explicit denial without statements", async () => {
    await put(allow("s3:*"));
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [policyOf(deny("s3:PutObject"))] });
    const all = await results(["s3:GetObject", "s3:PutObject"]);
    expect(decisions(all)).toEqual(["allowed", "explicitDeny"]);
    const organizations = all.map(({ OrganizationsDecisionDetail }) => OrganizationsDecisionDetail);
    expect(organizations).toEqual([{ AllowedByOrganizations: true }, { AllowedByOrganizations: false }]);
    expect(all[1]?.MatchedStatements).toEqual([]);
  });

  test("a service control policy under its conditions and on its resources", async () => {
    await put(allow("s3:*"));
    const Condition = { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } };
    const scp = policyOf(deny("s3:PutObject", { Condition, Resource: "arn:aws:s3:::secrets/*" }));
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [scp] });
    const from = (region: string) =>
      result("s3:PutObject", {
        ResourceArns: [report, secret],
        ContextEntries: [
          { ContextKeyName: "aws:RequestedRegion", ContextKeyValues: [region], ContextKeyType: "string" },
        ],
      });
    expect((await from("eu-west-1"))?.EvalDecision).toBe("allowed");
    const denied = await from("us-east-1");
    expect(denied?.ResourceSpecificResults?.map((one) => one.EvalResourceDecision)).toEqual([
      "allowed",
      "explicitDeny",
    ]);
    const unsaid = await result("s3:PutObject", { ResourceArns: [secret] });
    expect(unsaid?.MissingContextValues).toEqual([]);
  });

  test("a service control policy that does not list the action, an implicit denial", async () => {
    await put(allow("s3:*"));
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [policyOf(allow(["ec2:*", "iam:*"]))] });
    expect(await result("s3:PutObject")).toMatchObject({
      EvalDecision: "implicitDeny",
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    });
  });

  test("but resource control policies and session policies are not part of it", async () => {
    await put(allow("s3:*"));
    const rcp = policyOf(deny("s3:*", { Principal: "*" }));
    sandbox.setOrganization({ accountId: customer, resourceControlPolicies: [rcp] });
    expect((await result("s3:GetObject", { ResourceArns: [report] }))?.EvalDecision).toBe("allowed");
  });
});

describe("what a role could do without some of its policies", () => {
  beforeEach(async () => {
    await put(allow("s3:PutObject"), deny("s3:GetObject"));
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" }));
    const PolicyDocument = policyOf(allow("s3:GetObject"), allow("s3:DeleteObject"));
    const { Policy } = await iam().send(new CreatePolicyCommand({ PolicyName: "edge", PolicyDocument }));
    await iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: Policy?.Arn }));
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [policyOf(deny("s3:DeleteObject"))] });
  });

  const actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];

  test.each<[string, Input["PolicyExclusionList"], string[]]>([
    ["none excluded", [], ["explicitDeny", "implicitDeny", "explicitDeny"]],
    ["its boundary", [{ PolicyType: "permission-boundary" }], ["explicitDeny", "allowed", "explicitDeny"]],
    ["service control policies", [{ PolicyType: "scp" }], ["explicitDeny", "implicitDeny", "allowed"]],
    ["inline policies", [{ PolicyType: "inline" }], ["allowed", "implicitDeny", "explicitDeny"]],
    [
      "one inline policy",
      [{ InlinePolicyIdentifier: { PolicyName: "own", AttachmentType: "role", AttachmentName: "Port*" } }],
      ["allowed", "implicitDeny", "explicitDeny"],
    ],
    [
      "a managed policy and service control policies",
      [{ PolicyArn: "arn:aws:iam::aws:policy/PowerUser*" }, { PolicyType: "scp" }],
      ["explicitDeny", "implicitDeny", "implicitDeny"],
    ],
    ["policies it has not", [{ PolicyType: "rcp" }], ["explicitDeny", "implicitDeny", "explicitDeny"]],
  ])("%s", async (_, PolicyExclusionList, expected) => {
    expect(decisions(await results(actions, { PolicyExclusionList }))).toEqual(expected);
  });
});

describe("who may ask about what", () => {
  async function session(): Promise<ClientSettings> {
    const assume = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "audit" });
    const { Credentials } = await stsOf(administratorOf(vendor, sandbox.url)).send(assume);
    return sessionOf(Credentials, sandbox.url);
  }

  test("the role itself, when its policies let it", async () => {
    await expectError(
      simulate(["s3:GetObject"], {}, await session()),
      "AccessDenied",
      "iam:SimulatePrincipalPolicy",
      403,
    );
    await put(allow("iam:SimulatePrincipalPolicy", { Resource: roleArn }));
    await expect(simulate(["s3:GetObject"], {}, await session())).resolves.toHaveProperty("EvaluationResults");
  });

  test.each<[string, string, string]>([
    ["a session", `arn:aws:sts::${customer}:assumed-role/Portal/audit`, "InvalidInput"],
    ["a role without its path", `arn:aws:iam::${customer}:role/Portal`, "NoSuchEntity"],
    ["no role", `arn:aws:iam::${customer}:role/Nobody`, "NoSuchEntity"],
    ["another account's role", `arn:aws:iam::${vendor}:role/Portal`, "NoSuchEntity"],
    ["a user", `arn:aws:iam::${customer}:user/administrator`, "NotImplemented"],
  ])("not %s", async (_, PolicySourceArn, code) => {
    await expectError(simulate(["s3:GetObject"], { PolicySourceArn }), code);
  });

  test.each<[string, string[], Input, string]>([
    ["an action without its service", ["GetObject"], {}, "InvalidInput"],
    ["an action with a wildcard", ["s3:*"], {}, "InvalidInput"],
    ["no action", [], {}, "InvalidInput"],
    ["a resource that is no ARN", ["s3:GetObject"], { ResourceArns: ["reports"] }, "InvalidInput"],
    ["a resource policy", ["s3:GetObject"], { ResourcePolicy: policyOf(allow("s3:*")) }, "NotImplemented"],
  ])("not with %s", async (_, actions, more, code) => {
    await expectError(simulate(actions, more), code);
  });
});

test("results come in pages", async () => {
  await put(allow("s3:GetObject"));
  const actions = ["s3:PutObject", "s3:GetObject", "iam:GetRole"];
  const first = await simulate(actions, { MaxItems: 2 });
  expect([first.IsTruncated, first.EvaluationResults?.map(({ EvalActionName }) => EvalActionName)]).toEqual([
    true,
    ["s3:PutObject", "s3:GetObject"],
  ]);
  const second = await simulate(actions, { MaxItems: 2, Marker: first.Marker });
  expect([second.IsTruncated, second.EvaluationResults?.map(({ EvalActionName }) => EvalActionName)]).toEqual([
    false,
    ["iam:GetRole"],
  ]);
});

test("policies that belong to nobody can be simulated by themselves", async () => {
  const input = { PolicyInputList: [policyOf(allow("s3:GetObject"))], ActionNames: ["s3:GetObject", "s3:PutObject"] };
  const { EvaluationResults = [] } = await iam().send(new SimulateCustomPolicyCommand(input));
  expect(decisions(EvaluationResults)).toEqual(["allowed", "implicitDeny"]);
});

import * as IAM from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const account = "111122223333";
const trust = policyOf({ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" });
const readOnly = policyOf({ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" });

let sandbox: RunningSandbox;
let iam: IAM.IAMClient;

beforeAll(async () => {
  sandbox = await createSandbox();
  iam = iamOf(administratorOf(account, sandbox.url));
});

beforeEach(() => sandbox.reset());

afterAll(() => sandbox.close());

const create = (RoleName = "Portal", more: Partial<IAM.CreateRoleCommandInput> = {}) =>
  iam.send(new IAM.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }));
const get = async (RoleName = "Portal") => (await iam.send(new IAM.GetRoleCommand({ RoleName }))).Role;
const put = (PolicyName: string, PolicyDocument = readOnly) =>
  iam.send(new IAM.PutRolePolicyCommand({ RoleName: "Portal", PolicyName, PolicyDocument }));

describe("a role", () => {
  test("comes back as it was made", async () => {
    await create("Portal", {
      Path: "/vendor/",
      Description: 'Lets <the vendor> in & "audits"',
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "security" }],
    });
    const role = await get();
    expect(role).toMatchObject({
      Arn: `arn:aws:iam::${account}:role/vendor/Portal`,
      Path: "/vendor/",
      Description: 'Lets <the vendor> in & "audits"',
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "security" }],
      RoleLastUsed: {},
    });
    expect(role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(role?.AssumeRolePolicyDocument).toContain("%7B%22Version%22");
    expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? "")).toBe(trust);
  });

  test("has a name that is unique whatever the case", async () => {
    await create("Portal");
    await expectError(create("PORTAL"), "EntityAlreadyExists", "Role with name PORTAL already exists.", 409);
  });

  test("may be called what means something to JavaScript", async () => {
    for (const name of ["constructor", "__proto__"]) {
      await expectError(get(name), "NoSuchEntity", "", 404);
      await create(name);
      expect((await get(name))?.RoleName).toBe(name);
    }
  });

  test("belongs to its account and partition", async () => {
    await create();
    const elsewhere = iamOf(administratorOf("999988887777", sandbox.url));
    const message = "The role with name Portal cannot be found.";
    await expectError(elsewhere.send(new IAM.GetRoleCommand({ RoleName: "Portal" })), "NoSuchEntity", message, 404);
    const china = iamOf(administratorOf(account, sandbox.url, "cn-north-1"));
    await expectError(china.send(new IAM.GetRoleCommand({ RoleName: "Portal" })), "NoSuchEntity", message, 404);
  });

  test("is listed by path and page by page", async () => {
    for (const name of ["c", "a", "b"]) await create(name, { Path: "/vendor/" });
    await create("other");
    const pages = IAM.paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: "/vendor/" });
    const names: (string | undefined)[][] = [];
    for await (const { Roles = [] } of pages) names.push(Roles.map(({ RoleName }) => RoleName));
    expect(names).toEqual([["a", "b"], ["c"]]);
  });

  test("changes its settings and its trust policy", async () => {
    await create();
    await iam.send(new IAM.UpdateRoleCommand({ RoleName: "Portal", Description: "new", MaxSessionDuration: 43_200 }));
    const PolicyDocument = trust.replace("123456789012", "999988887777");
    await iam.send(new IAM.UpdateAssumeRolePolicyCommand({ RoleName: "Portal", PolicyDocument }));
    const role = await get();
    expect(role).toMatchObject({ Description: "new", MaxSessionDuration: 43_200 });
    expect(decodeURIComponent(role?.AssumeRolePolicyDocument ?? "")).toBe(PolicyDocument);
  });

  test("is not made with what IAM would refuse", async () => {
    const named = (AWS: string) => policyOf({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });
    const missing = `arn:aws:iam::123456789012:role/missing`;
    const refused = create("Portal", { AssumeRolePolicyDocument: named(missing) });
    await expectError(refused, "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${missing}"`, 400);
    const elsewhere = "arn:aws-us-gov:iam::123456789012:root";
    const foreign = create("Portal", { AssumeRolePolicyDocument: named(elsewhere) });
    await expectError(foreign, "MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${elsewhere}"`, 400);
    await expectError(create("a b"), "ValidationError", "", 400);
    await expectError(create("Portal", { MaxSessionDuration: 3599 }), "ValidationError", "", 400);
    const boundary = `arn:aws:iam::${account}:policy/missing`;
    await expectError(create("Portal", { PermissionsBoundary: boundary }), "NoSuchEntity", boundary, 404);
    const long = trust.replace("}]", `,"Condition":{"StringEquals":{"sts:ExternalId":"${"x".repeat(2048)}"}}}]`);
    await expectError(
      create("Portal", { AssumeRolePolicyDocument: long }),
      "LimitExceeded",
      "ACLSizePerRole: 2048",
      409,
    );
  });

  test("has no path that is kept for service-linked roles", async () => {
    const made = create("Portal", { Path: "/aws-service-role/es.amazonaws.com/" });
    await expectError(made, "InvalidInput", "can only be used for AWS Service linked Roles", 400);
  });

  test("is tagged and untagged", async () => {
    await create();
    const Tags = [
      { Key: "Team", Value: "a" },
      { Key: "cost", Value: "b" },
    ];
    await iam.send(new IAM.TagRoleCommand({ RoleName: "Portal", Tags }));
    await iam.send(new IAM.TagRoleCommand({ RoleName: "Portal", Tags: [{ Key: "team", Value: "c" }] }));
    await iam.send(new IAM.UntagRoleCommand({ RoleName: "Portal", TagKeys: ["COST"] }));
    const { Tags: left } = await iam.send(new IAM.ListRoleTagsCommand({ RoleName: "Portal" }));
    expect(left).toEqual([{ Key: "team", Value: "c" }]);
  });
});

describe("inline policies", () => {
  beforeEach(() => create());

  test("are put, read, listed and deleted, and keep a role from being deleted", async () => {
    await put("ongoing");
    const policy = await iam.send(new IAM.GetRolePolicyCommand({ RoleName: "Portal", PolicyName: "ongoing" }));
    expect(decodeURIComponent(policy.PolicyDocument ?? "")).toBe(readOnly);
    const { PolicyNames } = await iam.send(new IAM.ListRolePoliciesCommand({ RoleName: "Portal" }));
    expect(PolicyNames).toEqual(["ongoing"]);
    const remove = () => iam.send(new IAM.DeleteRoleCommand({ RoleName: "Portal" }));
    await expectError(remove(), "DeleteConflict", "must delete policies first", 409);
    await iam.send(new IAM.DeleteRolePolicyCommand({ RoleName: "Portal", PolicyName: "ongoing" }));
    const again = iam.send(new IAM.DeleteRolePolicyCommand({ RoleName: "Portal", PolicyName: "ongoing" }));
    await expectError(again, "NoSuchEntity", "The role policy with name ongoing cannot be found.", 404);
    await remove();
    await expectError(get(), "NoSuchEntity");
  });

  test("are limited to 10,240 characters together, white space not counted", async () => {
    const sized = (characters: number) => readOnly.replace("s3:ListAllMyBuckets", `s3:${"x".repeat(characters)}`);
    await put("first", sized(6000));
    await expectError(put("second", sized(5000)), "LimitExceeded", "10240", 409);
    await put("first", `${sized(1000)}${" ".repeat(20_000)}`);
    await put("second", sized(5000));
  });

  test("must be valid", async () => {
    await expectError(put("bad", trust), "MalformedPolicyDocument", "should not specify a principal", 400);
  });
});

describe("managed policies", () => {
  const local = `arn:aws:iam::${account}:policy/vendor/Ongoing`;
  const version = (PolicyDocument: string, SetAsDefault = false) =>
    iam.send(new IAM.CreatePolicyVersionCommand({ PolicyArn: local, PolicyDocument, SetAsDefault }));
  const attach = (PolicyArn = local) => iam.send(new IAM.AttachRolePolicyCommand({ RoleName: "Portal", PolicyArn }));

  beforeEach(async () => {
    await create();
    const policy = { PolicyName: "Ongoing", Path: "/vendor/", PolicyDocument: readOnly };
    await iam.send(new IAM.CreatePolicyCommand(policy));
  });

  test("are attached, listed and detached, and keep from being deleted what depends on them", async () => {
    await attach();
    await attach();
    await attach("arn:aws:iam::aws:policy/SecurityAudit");
    const { AttachedPolicies } = await iam.send(new IAM.ListAttachedRolePoliciesCommand({ RoleName: "Portal" }));
    expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["Ongoing", "SecurityAudit"]);
    const { Policy } = await iam.send(new IAM.GetPolicyCommand({ PolicyArn: local }));
    expect(Policy).toMatchObject({ AttachmentCount: 1, DefaultVersionId: "v1", PolicyName: "Ongoing" });
    const deletePolicy = () => iam.send(new IAM.DeletePolicyCommand({ PolicyArn: local }));
    await expectError(deletePolicy(), "DeleteConflict", "attached to entities", 409);
    const deleteRole = iam.send(new IAM.DeleteRoleCommand({ RoleName: "Portal" }));
    await expectError(deleteRole, "DeleteConflict", "must detach all policies first", 409);
    const detach = () => iam.send(new IAM.DetachRolePolicyCommand({ RoleName: "Portal", PolicyArn: local }));
    await detach();
    await expectError(detach(), "NoSuchEntity", `Policy ${local} was not found.`, 404);
    await deletePolicy();
  });

  test("that do not exist or belong to another account cannot be attached", async () => {
    for (const arn of [`${local}2`, local.replace(account, "999988887777"), "arn:aws:iam::aws:policy/Nothing"]) {
      await expectError(attach(arn), "NoSuchEntity", `Policy ${arn} does not exist or is not attachable.`, 404);
    }
  });

  test("have at most five versions, whose numbers are never used again", async () => {
    for (let made = 2; made <= 5; made += 1) await version(readOnly);
    await expectError(version(readOnly), "LimitExceeded", "up to 5 versions", 409);
    const remove = (VersionId: string) => iam.send(new IAM.DeletePolicyVersionCommand({ PolicyArn: local, VersionId }));
    await expectError(remove("v1"), "DeleteConflict", "default version", 409);
    await remove("v5");
    const changed = readOnly.replace("s3:ListAllMyBuckets", "ec2:DescribeRegions");
    expect((await version(changed, true)).PolicyVersion).toMatchObject({ VersionId: "v6", IsDefaultVersion: true });
    const { Versions } = await iam.send(new IAM.ListPolicyVersionsCommand({ PolicyArn: local }));
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(["v6", "v4", "v3", "v2", "v1"]);
    const { PolicyVersion } = await iam.send(new IAM.GetPolicyVersionCommand({ PolicyArn: local, VersionId: "v6" }));
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(changed);
    await iam.send(new IAM.SetDefaultPolicyVersionCommand({ PolicyArn: local, VersionId: "v2" }));
    const deletePolicy = iam.send(new IAM.DeletePolicyCommand({ PolicyArn: local }));
    await expectError(deletePolicy, "DeleteConflict", "more than one version", 409);
  });

  test("are limited to 6,144 characters, white space not counted", async () => {
    const sized = (size: number) => readOnly.replace("ListAllMyBuckets", "x".repeat(16 + size - readOnly.length));
    await version(`${sized(6144)}${" ".repeat(5000)}`);
    await expectError(version(sized(6145)), "LimitExceeded", "PolicySize: 6144", 409);
  });

  test("are listed by scope", async () => {
    const names = async (Scope: IAM.PolicyScopeType) => {
      const found: (string | undefined)[] = [];
      for await (const page of IAM.paginateListPolicies({ client: iam, pageSize: 1000 }, { Scope })) {
        found.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
      }
      return found;
    };
    expect(await names("Local")).toEqual(["Ongoing"]);
    expect(await names("AWS")).toEqual(expect.arrayContaining(["AdministratorAccess", "AWSBackupFullAccess"]));
  });

  test("of AWS that only its service may have are attached to no other role", async () => {
    const arn = "arn:aws:iam::aws:policy/aws-service-role/AmazonElasticsearchServiceRolePolicy";
    await expectError(
      attach(arn),
      "PolicyNotAttachable",
      "Cannot attach a Service Role Policy to a Customer Role.",
      400,
    );
  });

  test("of AWS can be read and not changed", async () => {
    const PolicyArn = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
    await expect(iam.send(new IAM.GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }))).resolves.toBeDefined();
    await expectError(iam.send(new IAM.DeletePolicyCommand({ PolicyArn })), "AccessDenied", "", 403);
  });
});

describe("a policy of AWS whose text the sandbox does not know", () => {
  const PolicyArn = "arn:aws:iam::aws:policy/AWSBackupFullAccess";
  const unknown = `does not know the text of the AWS-managed policy ${PolicyArn}`;

  test("can be attached and named, and is not read", async () => {
    await create();
    await iam.send(new IAM.AttachRolePolicyCommand({ RoleName: "Portal", PolicyArn }));
    const { Policy } = await iam.send(new IAM.GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({ PolicyName: "AWSBackupFullAccess", DefaultVersionId: "v1" });
    const version = iam.send(new IAM.GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    await expectError(version, "NotImplemented", unknown, 501);
  });

  test("is never guessed: what the others allow is allowed, what they deny is denied, the rest is said to be unknown", async () => {
    await create();
    const own = [
      { Effect: "Allow", Action: ["iam:GetRole", "iam:ListRolePolicies"], Resource: "*" },
      { Effect: "Deny", Action: "iam:ListRolePolicies", Resource: "*" },
    ];
    await put("own", policyOf(...own));
    await iam.send(new IAM.AttachRolePolicyCommand({ RoleName: "Portal", PolicyArn }));
    const vendor = stsOf(administratorOf("123456789012", sandbox.url));
    const assume = new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/Portal`, RoleSessionName: "test" });
    const session = iamOf(sessionOf((await vendor.send(assume)).Credentials, sandbox.url));
    const RoleName = "Portal";
    await expect(session.send(new IAM.GetRoleCommand({ RoleName }))).resolves.toBeDefined();
    await expectError(session.send(new IAM.ListRolePoliciesCommand({ RoleName })), "AccessDenied", "", 403);
    await expectError(session.send(new IAM.ListRoleTagsCommand({ RoleName })), "NotImplemented", unknown, 501);
    const simulate = (action: string) => {
      const PolicySourceArn = `arn:aws:iam::${account}:role/Portal`;
      return iam.send(new IAM.SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames: [action] }));
    };
    expect((await simulate("iam:GetRole")).EvaluationResults?.[0]?.EvalDecision).toBe("allowed");
    expect((await simulate("iam:ListRolePolicies")).EvaluationResults?.[0]?.EvalDecision).toBe("explicitDeny");
    await expectError(simulate("iam:ListRoleTags"), "NotImplemented", unknown, 501);
  });
});

describe("permissions of a session", () => {
  async function session(policy: string) {
    await create("Portal", { Path: "/vendor/" });
    await put("ongoing", policy);
    const vendor = stsOf(administratorOf("123456789012", sandbox.url));
    const assumed = { RoleArn: `arn:aws:iam::${account}:role/vendor/Portal`, RoleSessionName: "audit" };
    const { Credentials } = await vendor.send(new AssumeRoleCommand(assumed));
    return iamOf(sessionOf(Credentials, sandbox.url));
  }

  test("reach as far as its policy, and changes count at once", async () => {
    const own = `arn:aws:iam::${account}:role/vendor/*`;
    const client = await session(policyOf({ Effect: "Allow", Action: "iam:Get*", Resource: own }));
    await expect(client.send(new IAM.GetRoleCommand({ RoleName: "Portal" }))).resolves.toHaveProperty("Role");
    await create("Elsewhere");
    const arn = `arn:aws:sts::${account}:assumed-role/Portal/audit`;
    await expectError(
      client.send(new IAM.GetRoleCommand({ RoleName: "Elsewhere" })),
      "AccessDenied",
      `User: ${arn} is not authorized to perform: iam:GetRole on resource: arn:aws:iam::${account}:role/Elsewhere because no identity-based policy allows the iam:GetRole action`,
      403,
    );
    await put("denying", policyOf({ Effect: "Deny", Action: "iam:GetRole", Resource: "*" }));
    const denied = client.send(new IAM.GetRoleCommand({ RoleName: "Portal" }));
    await expectError(denied, "AccessDenied", "with an explicit deny in an identity-based policy", 403);
  });

  test("do not reveal what exists where they do not reach", async () => {
    const client = await session(readOnly);
    await expectError(client.send(new IAM.GetRoleCommand({ RoleName: "Missing" })), "AccessDenied", "", 403);
  });

  test("end at the permissions boundary", async () => {
    const client = await session(policyOf({ Effect: "Allow", Action: "*", Resource: "*" }));
    const boundary = { PolicyName: "Boundary", PolicyDocument: readOnly };
    const { Policy } = await iam.send(new IAM.CreatePolicyCommand(boundary));
    const PermissionsBoundary = Policy?.Arn ?? "";
    const settings = { RoleName: "Portal", PermissionsBoundary };
    await iam.send(new IAM.PutRolePermissionsBoundaryCommand(settings));
    expect((await get())?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(PermissionsBoundary);
    const read = () => client.send(new IAM.GetRoleCommand({ RoleName: "Portal" }));
    await expectError(read(), "AccessDenied", "no permissions boundary allows", 403);
    await iam.send(new IAM.DeleteRolePermissionsBoundaryCommand({ RoleName: "Portal" }));
    await expect(read()).resolves.toHaveProperty("Role");
  });
});

test("a document that IAM would refuse is stored nowhere, and neither is one of another partition", async () => {
  const gov = iamOf(administratorOf(account, sandbox.url, "us-gov-west-1"));
  await gov.send(new IAM.CreateRoleCommand({ RoleName: "Portal", AssumeRolePolicyDocument: trust }));
  const document = (Resource: string, Condition = {}) =>
    policyOf({ Effect: "Allow", Action: "s3:GetObject", Resource, Condition });
  const good = document("arn:aws-us-gov:s3:::reports");
  const { Policy } = await gov.send(new IAM.CreatePolicyCommand({ PolicyName: "Good", PolicyDocument: good }));
  const refused = [
    [document("arn:aws:s3:::reports"), 'Partition "aws" is not valid for resource "arn:aws:s3:::reports".'],
    [document("*", { "ForAnyValues:StringEquals": { "aws:TagKeys": "a" } }), "Syntax errors in policy."],
  ] as const;
  for (const [PolicyDocument, text] of refused) {
    const named = { PolicyName: "Bad", PolicyDocument };
    const attempts = [
      gov.send(new IAM.CreatePolicyCommand(named)),
      gov.send(new IAM.CreatePolicyVersionCommand({ PolicyArn: Policy?.Arn, PolicyDocument })),
      gov.send(new IAM.PutRolePolicyCommand({ RoleName: "Portal", ...named })),
    ];
    for (const attempt of attempts) await expectError(attempt, "MalformedPolicyDocument", text, 400);
  }
  const { Policies } = await gov.send(new IAM.ListPoliciesCommand({ Scope: "Local" }));
  expect(Policies).toMatchObject([{ PolicyName: "Good", DefaultVersionId: "v1" }]);
  const { PolicyNames } = await gov.send(new IAM.ListRolePoliciesCommand({ RoleName: "Portal" }));
  expect(PolicyNames).toEqual([]);
});

test("what the sandbox does not support it says so", async () => {
  const user = iam.send(new IAM.CreateUserCommand({ UserName: "bob" }));
  await expectError(user, "InvalidAction", "does not support the operation CreateUser of iam", 400);
});

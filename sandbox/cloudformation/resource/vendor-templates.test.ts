import { DeleteStackCommand, ListStacksCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { DeleteRoleCommand, GetInstanceProfileCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../server";
import { clients, describeOne, launch, reasons } from "../../testing/cloudformation";
import type { JsonObject } from "../template/json";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" }],
};
const role = { Type: "AWS::IAM::Role", Properties: { RoleName: "mine", AssumeRolePolicyDocument: trust } };
const body = (Resources: JsonObject, more: JsonObject = {}) => JSON.stringify({ Resources, ...more });
const update = async (TemplateBody: string) => {
  await aws.cloudformation.send(
    new UpdateStackCommand({ StackName: "acme", TemplateBody, Capabilities: ["CAPABILITY_NAMED_IAM"] }),
  );
  return (await describeOne(aws.cloudformation, "acme")).StackStatus;
};

describe("a policy document", () => {
  test("may be text, also one that Fn::Sub makes, wherever a template has one", async () => {
    const text = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:\${AWS::Partition}:s3:::x"}]}`;
    const stack = await launch(
      aws.cloudformation,
      "acme",
      body({
        Role: {
          Type: "AWS::IAM::Role",
          Properties: {
            RoleName: "mine",
            AssumeRolePolicyDocument: JSON.stringify(trust),
            Policies: [{ PolicyName: "inline", PolicyDocument: { "Fn::Sub": text } }],
          },
        },
        Policy: {
          Type: "AWS::IAM::ManagedPolicy",
          Properties: { ManagedPolicyName: "managed", PolicyDocument: { "Fn::Sub": text }, Roles: [{ Ref: "Role" }] },
        },
      }),
    );
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "mine" }));
    expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).toEqual(trust);
  });

  test.each(["{", "[]", '"text"', "17"])("that is the text %s fails the stack", async (text) => {
    const properties = { RoleName: "mine", AssumeRolePolicyDocument: text };
    const stack = await launch(
      aws.cloudformation,
      "acme",
      body({ Role: { Type: "AWS::IAM::Role", Properties: properties } }),
    );
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
  });
});

describe("a type that the sandbox does not have", () => {
  const lambda = { Type: "AWS::Lambda::Function", Condition: "Wanted", Properties: { Code: { ZipFile: "x" } } };
  const conditions = (wanted: string) => ({ Conditions: { Wanted: { "Fn::Equals": [wanted, "yes"] } } });

  test("does not matter where a condition leaves its resource out", async () => {
    const stack = await launch(aws.cloudformation, "acme", body({ Role: role, Other: lambda }, conditions("no")));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
  });

  test("is refused by that reason where it does, and a misspelt one by another", async () => {
    await expect(launch(aws.cloudformation, "acme", body({ Other: lambda }, conditions("yes")))).rejects.toThrow(
      "Resource types not supported by the sandbox: [AWS::Lambda::Function]",
    );
    const misspelt = { ...lambda, Type: "AWS::Lambda::Functoin" };
    await expect(launch(aws.cloudformation, "acme", body({ Other: misspelt }, conditions("no")))).rejects.toThrow(
      "Unrecognized resource types: [AWS::Lambda::Functoin]",
    );
  });
});

describe("rules", () => {
  const template = (rule: JsonObject) =>
    body(
      { Role: role },
      {
        Parameters: {
          Stage: { Type: "String", Default: "test" },
          Zones: { Type: "CommaDelimitedList", Default: "a,b" },
        },
        Rules: { Rule: rule },
      },
    );
  const one = (Assert: JsonObject) => ({ Assertions: [{ Assert, AssertDescription: "not like this" }] });
  const stage = { Ref: "Stage" };
  const zones = { Ref: "Zones" };

  test.each<[string, JsonObject]>([
    ["Fn::Equals", { "Fn::Equals": [stage, "test"] }],
    ["Fn::Contains", { "Fn::Contains": [["test", "production"], stage] }],
    ["Fn::EachMemberIn", { "Fn::EachMemberIn": [zones, ["a", "b", "c"]] }],
    ["Fn::EachMemberEquals", { "Fn::EachMemberEquals": [["test", "test"], stage] }],
    ["Fn::And", { "Fn::And": [{ "Fn::Equals": ["x", "x"] }, { "Fn::Equals": [stage, "test"] }] }],
    ["Fn::Or", { "Fn::Or": [{ "Fn::Equals": ["x", "y"] }, { "Fn::Equals": [stage, "test"] }] }],
  ])("with %s let pass what they allow and refuse the contrary in their own words", async (_name, assert) => {
    const refused = launch(aws.cloudformation, "acme", template(one({ "Fn::Not": [assert] })));
    await expect(refused).rejects.toThrow("not like this");
    expect((await launch(aws.cloudformation, "acme", template(one(assert)))).StackStatus).toBe("CREATE_COMPLETE");
  });

  test("count only where their condition holds", async () => {
    const never = { "Fn::Equals": ["x", "y"] };
    const rule = { RuleCondition: { "Fn::Equals": [stage, "production"] }, ...one(never) };
    expect((await launch(aws.cloudformation, "acme", template(rule))).StackStatus).toBe("CREATE_COMPLETE");
  });

  test("that read the account's resources are not supported, and say so", async () => {
    const rule = one({ "Fn::EachMemberEquals": [{ "Fn::RefAll": "AWS::EC2::VPC::Id" }, "x"] });
    await expect(launch(aws.cloudformation, "acme", template(rule))).rejects.toThrow("Fn::RefAll");
  });
});

describe("AWS::IAM::InstanceProfile", () => {
  const profile = (Roles: string[]): JsonObject => ({
    Type: "AWS::IAM::InstanceProfile",
    Properties: { InstanceProfileName: "machines", Path: "/acme/", Roles },
  });
  const rolesOf = async () =>
    (
      await aws.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: "machines" }))
    ).InstanceProfile?.Roles?.map(({ RoleName }) => RoleName);

  test("carries a role, keeps it from being deleted, and goes with the stack", async () => {
    const made = body(
      { Role: role, Profile: { ...profile(["mine"]), DependsOn: "Role" } },
      {
        Outputs: { Arn: { Value: { "Fn::GetAtt": ["Profile", "Arn"] } } },
      },
    );
    const stack = await launch(aws.cloudformation, "acme", made);
    expect(stack.Outputs).toMatchObject([{ OutputValue: "arn:aws:iam::111122223333:instance-profile/acme/machines" }]);
    expect(await rolesOf()).toEqual(["mine"]);
    await expect(aws.iam.send(new DeleteRoleCommand({ RoleName: "mine" }))).rejects.toThrow(
      "must remove roles from instance profile first",
    );
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
    await expect(rolesOf()).rejects.toThrow("Instance Profile machines cannot be found.");
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "mine" }))).rejects.toThrow("cannot be found");
  });

  test("changes its role in place and takes only one", async () => {
    const other = { Type: "AWS::IAM::Role", Properties: { RoleName: "other", AssumeRolePolicyDocument: trust } };
    const made = (roles: string[]) =>
      body({ Role: role, Other: other, Profile: { ...profile(roles), DependsOn: ["Role", "Other"] } });
    await launch(aws.cloudformation, "acme", made(["mine"]));
    expect(await update(made(["other"]))).toBe("UPDATE_COMPLETE");
    expect(await rolesOf()).toEqual(["other"]);
    expect(await update(made(["other", "mine"]))).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await rolesOf()).toEqual(["other"]);
  });
});

describe("AWS::S3::Bucket", () => {
  const bucket = (properties: JsonObject = {}): JsonObject => ({
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: "acme-exports", ...properties },
  });
  const policy: JsonObject = {
    Type: "AWS::S3::BucketPolicy",
    Properties: {
      Bucket: { Ref: "Bucket" },
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:root" },
            Action: "s3:GetObject",
            Resource: { "Fn::Join": ["", [{ "Fn::GetAtt": ["Bucket", "Arn"] }, "/*"]] },
          },
        ],
      },
    },
  };
  const Bucket = "acme-exports";

  test("is made with its settings and policy, changed, and deleted once it is empty", async () => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: false,
    };
    const settings = {
      PublicAccessBlockConfiguration: closed,
      VersioningConfiguration: { Status: "Enabled" },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    };
    const stack = await launch(aws.cloudformation, "acme", body({ Bucket: bucket(settings), Policy: policy }));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    const { PublicAccessBlockConfiguration } = await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    expect(PublicAccessBlockConfiguration).toEqual(closed);
    expect((await aws.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    expect((await aws.s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain("arn:aws:s3:::acme-exports/*");
    expect(await update(body({ Bucket: bucket() }))).toBe("UPDATE_COMPLETE");
    await expect(aws.s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toThrow("policy does not exist");
    expect((await aws.s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Suspended");
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "kept", Body: "x" }));
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
    expect((await describeOne(aws.cloudformation, "acme")).StackStatus).toBe("DELETE_FAILED");
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket }))).resolves.toBeDefined();
  });

  test("is never taken over: a name that is there fails the stack and stays", async () => {
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    const stack = await launch(aws.cloudformation, "acme", body({ Bucket: bucket() }));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "acme")).toContain("acme-exports already exists");
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket }))).resolves.toBeDefined();
  });

  test("with a setting that the sandbox does not have fails the stack", async () => {
    const stack = await launch(aws.cloudformation, "acme", body({ Bucket: bucket({ LifecycleConfiguration: {} }) }));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    await expect(aws.s3.send(new HeadBucketCommand({ Bucket }))).rejects.toThrow();
  });
});

describe("AWS::CloudFormation::Stack", () => {
  const inner = (name: string) =>
    body(
      { Role: { Type: "AWS::IAM::Role", Properties: { RoleName: { Ref: "Name" }, AssumeRolePolicyDocument: trust } } },
      {
        Parameters: { Name: { Type: "String", Default: name } },
        Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["Role", "Arn"] } } },
      },
    );
  const outer = (Name: string) =>
    body(
      {
        Inner: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateURL: "https://templates.s3.amazonaws.com/inner.json", Parameters: { Name } },
        },
      },
      { Outputs: { RoleArn: { Value: { "Fn::GetAtt": ["Inner", "Outputs.RoleArn"] } } } },
    );
  const live = async () =>
    (await aws.cloudformation.send(new ListStacksCommand({}))).StackSummaries?.filter(
      ({ StackStatus }) => StackStatus !== "DELETE_COMPLETE",
    ).length;

  beforeEach(async () => {
    await aws.s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    await aws.s3.send(new PutObjectCommand({ Bucket: "templates", Key: "inner.json", Body: inner("unused") }));
  });

  test("is made, read, changed and deleted with its parent", async () => {
    const stack = await launch(aws.cloudformation, "acme", outer("first"));
    expect(stack.Outputs).toMatchObject([{ OutputValue: "arn:aws:iam::111122223333:role/first" }]);
    expect(await live()).toBe(2);
    expect(await update(outer("second"))).toBe("UPDATE_COMPLETE");
    const changed = await describeOne(aws.cloudformation, "acme");
    expect(changed.Outputs).toMatchObject([{ OutputValue: "arn:aws:iam::111122223333:role/second" }]);
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
    expect(await live()).toBe(0);
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "second" }))).rejects.toThrow("cannot be found");
  });

  test("that fails takes the parent down, and nothing of either stays", async () => {
    await launch(aws.cloudformation, "other", body({ Role: role }));
    const stack = await launch(aws.cloudformation, "acme", outer("mine"));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "acme")).toContainEqual(
      expect.stringContaining("was not successfully created"),
    );
    expect(await live()).toBe(2);
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "mine" }))).resolves.toBeDefined();
  });
});

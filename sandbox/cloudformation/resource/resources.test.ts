import { UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../server";
import { clients, describeOne, launch, reasons } from "../../testing/cloudformation";
import type { Json, JsonObject } from "../template/json";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const document = (Action: string, Principal?: Json): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action, ...(Principal ? { Principal } : { Resource: "*" }) }],
});
const trust = document("sts:AssumeRole", { AWS: "123456789012" });
const role = (properties: JsonObject = {}): JsonObject => ({
  Type: "AWS::IAM::Role",
  Properties: { RoleName: "mine", AssumeRolePolicyDocument: trust, ...properties },
});

async function create(Resources: JsonObject) {
  return launch(aws.cloudformation, "acme", JSON.stringify({ Resources }));
}

async function update(Resources: JsonObject) {
  await aws.cloudformation.send(
    new UpdateStackCommand({
      StackName: "acme",
      TemplateBody: JSON.stringify({ Resources }),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
    }),
  );
  return (await describeOne(aws.cloudformation, "acme")).StackStatus;
}

const inlineNames = async () => (await aws.iam.send(new ListRolePoliciesCommand({ RoleName: "mine" }))).PolicyNames;

describe("AWS::IAM::Role", () => {
  const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const audit = "arn:aws:iam::aws:policy/SecurityAudit";

  test("takes on and drops policies, boundary, tags and settings in place", async () => {
    const policy = (PolicyName: string, Action: string) => ({ PolicyName, PolicyDocument: document(Action) });
    await create({
      Role: role({
        Description: "first",
        ManagedPolicyArns: [readOnly],
        PermissionsBoundary: readOnly,
        Policies: [policy("one", "s3:Get*"), policy("two", "s3:List*")],
        Tags: [
          { Key: "team", Value: "a" },
          { Key: "old", Value: "x" },
        ],
      }),
    });
    const before = (await aws.iam.send(new GetRoleCommand({ RoleName: "mine" }))).Role;
    expect(before).toMatchObject({
      Description: "first",
      PermissionsBoundary: { PermissionsBoundaryArn: readOnly },
      Tags: [
        { Key: "team", Value: "a" },
        { Key: "old", Value: "x" },
      ],
    });
    const status = await update({
      Role: role({
        Description: "second",
        MaxSessionDuration: "7200",
        ManagedPolicyArns: [audit],
        Policies: [policy("two", "s3:Put*"), policy("three", "s3:List*")],
        Tags: [{ Key: "team", Value: "b" }],
      }),
    });
    expect(status).toBe("UPDATE_COMPLETE");
    const after = (await aws.iam.send(new GetRoleCommand({ RoleName: "mine" }))).Role;
    expect(after).toMatchObject({
      RoleId: before?.RoleId,
      Description: "second",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "team", Value: "b" }],
    });
    expect(after?.PermissionsBoundary).toBeUndefined();
    expect((await inlineNames())?.toSorted()).toEqual(["three", "two"]);
    const two = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "mine", PolicyName: "two" }));
    expect(decodeURIComponent(two.PolicyDocument ?? "")).toContain("s3:Put*");
    const attached = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "mine" }));
    expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([audit]);
  });

  test.each<[JsonObject, string]>([
    [{ Colour: "red" }, "Encountered unsupported property Colour"],
    [{ ManagedPolicyArns: readOnly }, "Value of property ManagedPolicyArns must be of type List of String"],
    [{ Path: { a: 1 } }, "Value of property Path must be of type String"],
    [{ MaxSessionDuration: "long" }, "Value of property MaxSessionDuration must be of type Integer"],
    [{ AssumeRolePolicyDocument: { Ref: "AWS::NoValue" } }, "Property AssumeRolePolicyDocument cannot be empty."],
    [{ MaxSessionDuration: 60 }, "'maxSessionDuration' failed to satisfy constraint"],
    [{ AssumeRolePolicyDocument: { Statement: "x" } }, "Error Code: MalformedPolicyDocument"],
    [{ ManagedPolicyArns: ["arn:aws:iam::111122223333:policy/nope"] }, "Error Code: NoSuchEntity"],
  ])("with %j fails", async (properties, reason) => {
    const stack = await create({ Role: role(properties) });
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "acme")).toContainEqual(expect.stringContaining(reason));
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "mine" }))).rejects.toThrow("cannot be found");
  });
});

describe("inline policies of their own", () => {
  const rolePolicy = (PolicyName: string, Action: string): JsonObject => ({
    Type: "AWS::IAM::RolePolicy",
    Properties: { RoleName: { Ref: "Role" }, PolicyName, PolicyDocument: document(Action) },
  });
  const policy = (PolicyName: string, Action: string, Roles: Json = [{ Ref: "Role" }]): JsonObject => ({
    Type: "AWS::IAM::Policy",
    Properties: { PolicyName, PolicyDocument: document(Action), Roles },
  });

  test.each([
    ["AWS::IAM::RolePolicy", rolePolicy],
    ["AWS::IAM::Policy", policy],
  ])("%s changes its document and its name", async (_type, make) => {
    await create({ Role: role(), Inline: make("first", "s3:Get*") });
    expect(await inlineNames()).toEqual(["first"]);
    expect(await update({ Role: role(), Inline: make("first", "s3:Put*") })).toBe("UPDATE_COMPLETE");
    const { PolicyDocument } = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "mine", PolicyName: "first" }));
    expect(decodeURIComponent(PolicyDocument ?? "")).toContain("s3:Put*");
    expect(await update({ Role: role(), Inline: make("second", "s3:Put*") })).toBe("UPDATE_COMPLETE");
    expect(await inlineNames()).toEqual(["second"]);
    expect(await update({ Role: role() })).toBe("UPDATE_COMPLETE");
    expect(await inlineNames()).toEqual([]);
  });

  test("AWS::IAM::Policy belongs to somebody", async () => {
    await create({ Role: role(), Inline: policy("first", "s3:Get*", []) });
    expect(await reasons(aws.cloudformation, "acme")).toContain(
      "At least one of [Groups,Roles,Users] must be non-empty.",
    );
  });
});

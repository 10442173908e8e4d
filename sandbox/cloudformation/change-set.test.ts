import {
  type Change,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetRoleCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { expectError } from "../testing/clients";
import { clients, describeOne, eventLines, launch, parameterList } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const StackName = "acme";
const ChangeSetName = "first";

function prepare(input: Partial<CreateChangeSetCommandInput> = {}) {
  return aws.cloudformation.send(
    new CreateChangeSetCommand({
      StackName,
      ChangeSetName,
      TemplateBody: onboardingTemplate,
      Parameters: parameterList({ ExternalId: "acme-0123" }),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      ...input,
    }),
  );
}

const ofStack = { StackName, ChangeSetName };
const describeSet = (input: { ChangeSetName: string; StackName?: string } = ofStack) =>
  aws.cloudformation.send(new DescribeChangeSetCommand(input));
const execute = () => aws.cloudformation.send(new ExecuteChangeSetCommand(ofStack));
const lines = (changes: Change[] = []) =>
  changes.map(({ ResourceChange }) => `${ResourceChange?.Action} ${ResourceChange?.LogicalResourceId}`);
const getRole = () => aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));

describe("a change set that makes a stack", () => {
  test("makes nothing until it is executed", async () => {
    const { Id = "", StackId } = await prepare({ ChangeSetType: "CREATE" });
    expect(await describeSet({ ChangeSetName: Id })).toMatchObject({
      StackId,
      Status: "CREATE_COMPLETE",
      ExecutionStatus: "AVAILABLE",
    });
    expect((await describeOne(aws.cloudformation, StackName)).StackStatus).toBe("REVIEW_IN_PROGRESS");
    expect(lines((await describeSet()).Changes)).toContain("Add SetupPolicy");
    await expectError(getRole(), "NoSuchEntity");
    await execute();
    expect(await describeOne(aws.cloudformation, StackName)).toMatchObject({ StackId, StackStatus: "CREATE_COMPLETE" });
    await expect(getRole()).resolves.toHaveProperty("Role");
    expect((await eventLines(aws.cloudformation, StackName)).slice(0, 2)).toEqual([
      "acme REVIEW_IN_PROGRESS",
      "acme CREATE_IN_PROGRESS",
    ]);
    await expectError(describeSet(), "ChangeSetNotFound", "", 404);
  });

  test("needs the capabilities, and a name that no stack has", async () => {
    await expectError(prepare({ ChangeSetType: "CREATE", Capabilities: [] }), "InsufficientCapabilities");
    await launch(aws.cloudformation, StackName, onboardingTemplate, { ExternalId: "acme-0123" });
    await expectError(prepare({ ChangeSetType: "CREATE" }), "ValidationError", "already exists");
  });

  test("leaves a stack that can be deleted, but not made in another way", async () => {
    await prepare({ ChangeSetType: "CREATE" });
    const create = { StackName, TemplateBody: onboardingTemplate };
    await expectError(aws.cloudformation.send(new CreateStackCommand(create)), "AlreadyExists");
    await aws.cloudformation.send(new DeleteStackCommand({ StackName }));
    await expectError(describeOne(aws.cloudformation, StackName), "ValidationError", "does not exist");
  });
});

describe("a change set that updates a stack", () => {
  beforeEach(() => launch(aws.cloudformation, StackName, onboardingTemplate, { ExternalId: "acme-0123" }));

  test("says what it would change, and changes it once executed", async () => {
    await prepare({ Parameters: parameterList({ ExternalId: "acme-4567", SetupPhase: "false" }) });
    const { Changes, Parameters } = await describeSet();
    expect(lines(Changes)).toEqual(["Modify AccessRole", "Remove SetupPolicy"]);
    expect(Changes?.[0]?.ResourceChange).toMatchObject({ ResourceType: "AWS::IAM::Role", Replacement: "False" });
    expect(Parameters).toContainEqual(expect.objectContaining({ ParameterKey: "SetupPhase", ParameterValue: "false" }));
    expect((await getRole()).Role?.AssumeRolePolicyDocument).toContain("acme-0123");
    await execute();
    expect((await describeOne(aws.cloudformation, StackName)).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await getRole()).Role?.AssumeRolePolicyDocument).toContain("acme-4567");
  });

  test("fails when there is nothing to change, and cannot be executed", async () => {
    await prepare();
    expect(await describeSet()).toMatchObject({
      Status: "FAILED",
      ExecutionStatus: "UNAVAILABLE",
      StatusReason: expect.stringContaining("didn't contain changes") as string,
    });
    await expectError(execute(), "InvalidChangeSetStatus");
  });

  test("is listed until it is deleted", async () => {
    const list = async () => {
      const { Summaries = [] } = await aws.cloudformation.send(new ListChangeSetsCommand({ StackName }));
      return Summaries.map((summary) => summary.ChangeSetName);
    };
    await prepare();
    await prepare({ ChangeSetName: "second" });
    await expectError(prepare(), "AlreadyExists");
    expect(await list()).toEqual(["second", "first"]);
    await aws.cloudformation.send(new DeleteChangeSetCommand(ofStack));
    expect(await list()).toEqual(["second"]);
  });

  describe("that reverts drift", () => {
    const again = { UsePreviousTemplate: true, TemplateBody: undefined, DeploymentMode: "REVERT_DRIFT" } as const;
    const kept = [{ ParameterKey: "ExternalId", UsePreviousValue: true }];
    const open = { Version: "2012-10-17", Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } };
    const RoleName = "acme-access";

    test("undoes what was changed by hand, where an update and another change set see nothing to do", async () => {
      const before = (await getRole()).Role;
      const PolicyDocument = JSON.stringify(open);
      await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
      await aws.iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7_200 }));
      const same = {
        StackName,
        UsePreviousTemplate: true,
        Parameters: kept,
        Capabilities: ["CAPABILITY_NAMED_IAM" as const],
      };
      await expectError(
        aws.cloudformation.send(new UpdateStackCommand(same)),
        "ValidationError",
        "No updates are to be",
      );
      await prepare({ ...again, Parameters: kept, DeploymentMode: undefined, ChangeSetName: "blind" });
      expect(await describeSet({ StackName, ChangeSetName: "blind" })).toMatchObject({ Status: "FAILED" });

      await prepare({ ...again, Parameters: kept });
      const planned = await describeSet();
      expect(planned.DeploymentMode).toBe("REVERT_DRIFT");
      expect(lines(planned.Changes)).toEqual(["Modify AccessRole"]);
      await execute();
      const { Role } = await getRole();
      expect(Role?.AssumeRolePolicyDocument).toBe(before?.AssumeRolePolicyDocument);
      expect(Role?.MaxSessionDuration).toBe(before?.MaxSessionDuration);
    });

    test("makes again what was deleted by hand, and changes parameters in the same go", async () => {
      const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      for (const { PolicyArn } of AttachedPolicies)
        await aws.iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames) await aws.iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      await aws.iam.send(new DeleteRoleCommand({ RoleName }));
      await prepare({ ...again, Parameters: parameterList({ ExternalId: "acme-4567" }) });
      expect(lines((await describeSet()).Changes)).toContain("Add AccessRole");
      await execute();
      expect((await getRole()).Role?.AssumeRolePolicyDocument).toContain("acme-4567");
    });

    test("fails where nothing was changed, and is no way to make a stack", async () => {
      await prepare({ ...again, Parameters: kept });
      expect(await describeSet()).toMatchObject({ Status: "FAILED" });
      const make = { DeploymentMode: "REVERT_DRIFT", ChangeSetType: "CREATE", StackName: "new" } as const;
      await expectError(prepare(make), "ValidationError", "Not supported by the sandbox");
      await expectError(
        prepare({ ...again, DeploymentMode: "KEEP" as never, Parameters: kept, ChangeSetName: "x" }),
        "ValidationError",
        "deploymentMode",
      );
    });
  });

  test.each<[string, Partial<CreateChangeSetCommandInput>, string]>([
    ["a stack that does not exist", { StackName: "other" }, "does not exist"],
    ["an import", { ChangeSetType: "IMPORT" }, "Not supported by the sandbox"],
    ["a bad name", { ChangeSetName: "1st" }, "'changeSetName'"],
    ["nested stacks", { IncludeNestedStacks: true }, "Not supported by the sandbox"],
  ])("is refused for %s", async (_, input, text) => {
    await expectError(prepare(input), "ValidationError", text);
  });
});

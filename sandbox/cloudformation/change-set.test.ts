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
} from "@aws-sdk/client-cloudformation";
import { GetRoleCommand } from "@aws-sdk/client-iam";
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

  test.each<[string, Partial<CreateChangeSetCommandInput>, string]>([
    ["a stack that does not exist", { StackName: "other" }, "does not exist"],
    ["an import", { ChangeSetType: "IMPORT" }, "Not supported by the sandbox"],
    ["a bad name", { ChangeSetName: "1st" }, "'changeSetName'"],
    ["nested stacks", { IncludeNestedStacks: true }, "Not supported by the sandbox"],
  ])("is refused for %s", async (_, input, text) => {
    await expectError(prepare(input), "ValidationError", text);
  });
});

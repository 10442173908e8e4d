import { DeleteStackCommand, DescribeStackEventsCommand, ListStacksCommand } from "@aws-sdk/client-cloudformation";
import { AttachRolePolicyCommand, GetPolicyCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, describeOne, eventLines, launch } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;
const parameters = { ExternalId: "acme-0123" };

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const remove = (StackName: string) => aws.cloudformation.send(new DeleteStackCommand({ StackName }));

describe("DeleteStack", () => {
  test("removes everything and leaves the name free, while the ID still tells what happened", async () => {
    const { StackId = "" } = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    await remove("acme");
    await expect(describeOne(aws.cloudformation, "acme")).rejects.toMatchObject({
      name: "ValidationError",
      message: "Stack with id acme does not exist",
    });
    expect(await describeOne(aws.cloudformation, StackId)).toMatchObject({ StackStatus: "DELETE_COMPLETE" });
    expect((await eventLines(aws.cloudformation, StackId)).slice(11)).toEqual([
      "acme DELETE_IN_PROGRESS",
      ...["SetupPolicy", "OngoingPolicy", "AccessRole"].flatMap((name) => [
        `${name} DELETE_IN_PROGRESS`,
        `${name} DELETE_COMPLETE`,
      ]),
      "acme DELETE_COMPLETE",
    ]);
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }))).rejects.toThrow("cannot be found");
    const PolicyArn = "arn:aws:iam::111122223333:policy/acme/acme-access-ongoing";
    await expect(aws.iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({
      name: expect.stringContaining("NoSuchEntity"),
    });
    const again = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    expect(again.StackStatus).toBe("CREATE_COMPLETE");
    const { StackSummaries = [] } = await aws.cloudformation.send(new ListStacksCommand({}));
    expect(StackSummaries.map(({ StackStatus }) => StackStatus)).toEqual(["CREATE_COMPLETE", "DELETE_COMPLETE"]);
  });

  test("keeps a resource whose policy is to retain it", async () => {
    const template = onboardingTemplate.replace(
      "Type: AWS::IAM::Role\n",
      "Type: AWS::IAM::Role\n    DeletionPolicy: Retain\n",
    );
    const { StackId = "" } = await launch(aws.cloudformation, "acme", template, parameters);
    await remove("acme");
    expect(await eventLines(aws.cloudformation, StackId)).toContain("AccessRole DELETE_SKIPPED");
    await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
  });

  test("fails when somebody attached another policy to the role, and works once that is retained", async () => {
    const { StackId = "" } = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    const PolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    await aws.iam.send(new AttachRolePolicyCommand({ RoleName: "acme-access", PolicyArn }));
    await remove("acme");
    expect(await describeOne(aws.cloudformation, "acme")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "The following resource(s) failed to delete: [AccessRole]. ",
    });
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme", RetainResources: ["AccessRole"] }));
    expect(await describeOne(aws.cloudformation, StackId)).toMatchObject({ StackStatus: "DELETE_COMPLETE" });
  });

  test("is content with a stack that is not there, and respects termination protection", async () => {
    await remove("nope");
    await launch(aws.cloudformation, "acme", onboardingTemplate, parameters, { EnableTerminationProtection: true });
    await expect(remove("acme")).rejects.toThrow(
      "Stack [acme] cannot be deleted while TerminationProtection is enabled",
    );
  });

  test("repeats the caller's token in its events", async () => {
    const { StackId = "" } = await launch(aws.cloudformation, "acme", onboardingTemplate, parameters);
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "acme", ClientRequestToken: "mine" }));
    const { StackEvents = [] } = await aws.cloudformation.send(new DescribeStackEventsCommand({ StackName: StackId }));
    expect(StackEvents.filter(({ ClientRequestToken }) => ClientRequestToken === "mine")).toHaveLength(8);
  });
});

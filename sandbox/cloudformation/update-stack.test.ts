import { DeleteStackCommand, UpdateStackCommand, type UpdateStackCommandInput } from "@aws-sdk/client-cloudformation";
import {
  GetPolicyVersionCommand,
  GetRoleCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, describeOne, eventLines, launch, reasons } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let aws: ReturnType<typeof clients>;
const previous = (...names: string[]) => names.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true }));
const policyArn = "arn:aws:iam::111122223333:policy/acme/acme-access-ongoing";

async function update(input: Partial<UpdateStackCommandInput>) {
  const command = new UpdateStackCommand({ StackName: "acme", Capabilities: ["CAPABILITY_NAMED_IAM"], ...input });
  await aws.cloudformation.send(command);
  return describeOne(aws.cloudformation, "acme");
}

beforeAll(async () => {
  sandbox = await createSandbox();
  aws = clients(sandbox.url);
});
beforeEach(async () => {
  sandbox.reset();
  await launch(aws.cloudformation, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
});
afterAll(() => sandbox.close());

describe("UpdateStack", () => {
  test("takes the setup policy away when the phase ends, and leaves the rest alone", async () => {
    const stack = await update({
      UsePreviousTemplate: true,
      Parameters: [...previous("ExternalId", "RoleName"), { ParameterKey: "SetupPhase", ParameterValue: "false" }],
    });
    expect(stack.StackStatus).toBe("UPDATE_COMPLETE");
    expect(stack.Outputs?.map(({ OutputKey }) => OutputKey)).toEqual(["RoleArn", "ExternalId"]);
    const { PolicyNames } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName: "acme-access" }));
    expect(PolicyNames).toEqual([]);
    expect((await eventLines(aws.cloudformation, "acme")).slice(11)).toEqual([
      "acme UPDATE_IN_PROGRESS",
      "acme UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "SetupPolicy DELETE_IN_PROGRESS",
      "SetupPolicy DELETE_COMPLETE",
      "acme UPDATE_COMPLETE",
    ]);
  });

  test("changes the trust policy in place", async () => {
    const before = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    await update({
      UsePreviousTemplate: true,
      Parameters: [{ ParameterKey: "ExternalId", ParameterValue: "acme-new" }],
    });
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain('"sts:ExternalId":"acme-new"');
    expect(Role?.RoleId).toBe(before.Role?.RoleId);
  });

  test("adds a policy version, dropping the oldest of five", async () => {
    for (let change = 1; change <= 6; change += 1) {
      const stack = await update({
        TemplateBody: onboardingTemplate.replace("s3:ListAllMyBuckets", `s3:Get${change}`),
        Parameters: previous("ExternalId"),
      });
      expect(stack.StackStatus).toBe("UPDATE_COMPLETE");
    }
    const { Versions = [] } = await aws.iam.send(new ListPolicyVersionsCommand({ PolicyArn: policyArn }));
    expect(Versions.map(({ VersionId }) => VersionId).toSorted()).toEqual(["v3", "v4", "v5", "v6", "v7"]);
    const version = await aws.iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: "v7" }));
    expect(version.PolicyVersion).toMatchObject({ IsDefaultVersion: true });
    expect(decodeURIComponent(version.PolicyVersion?.Document ?? "")).toContain("s3:Get6");
  });

  test("replaces the role under a new name and removes the old one in the end", async () => {
    const stack = await update({
      UsePreviousTemplate: true,
      Parameters: [...previous("ExternalId"), { ParameterKey: "RoleName", ParameterValue: "acme-new" }],
    });
    expect(stack.StackStatus).toBe("UPDATE_COMPLETE");
    expect(stack.Outputs?.[0]?.OutputValue).toBe("arn:aws:iam::111122223333:role/acme/acme-new");
    await expect(aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }))).rejects.toThrow("cannot be found");
    const { PolicyNames } = await aws.iam.send(new ListRolePoliciesCommand({ RoleName: "acme-new" }));
    expect(PolicyNames).toEqual(["setup"]);
    expect(await reasons(aws.cloudformation, "acme")).toContain(
      "Requested update requires the creation of a new physical resource; hence creating one.",
    );
  });

  test("refuses to replace a custom-named role by one of the same name", async () => {
    const stack = await update({
      TemplateBody: onboardingTemplate.replaceAll("Path: /acme/", "Path: /other/"),
      Parameters: previous("ExternalId"),
    });
    expect(stack.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await reasons(aws.cloudformation, "acme")).toContain(
      "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename acme-access and update the stack again.",
    );
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    expect(Role?.Path).toBe("/acme/");
  });

  test("changes everything back when a later step fails", async () => {
    const stack = await update({
      TemplateBody: onboardingTemplate
        .replace("MaxSessionDuration: 3600", "MaxSessionDuration: 7200")
        .replace("PolicyName: setup", "PolicyName: setup\n      Unknown: 1"),
      Parameters: [{ ParameterKey: "ExternalId", ParameterValue: "acme-new" }],
    });
    expect(stack).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    expect(stack.Parameters).toContainEqual({ ParameterKey: "ExternalId", ParameterValue: "acme-0123" });
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
    expect(Role?.MaxSessionDuration).toBe(3600);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain('"sts:ExternalId":"acme-0123"');
    const lines = await eventLines(aws.cloudformation, "acme");
    expect(lines.filter((line) => line.startsWith("acme ")).slice(2)).toEqual([
      "acme UPDATE_IN_PROGRESS",
      "acme UPDATE_ROLLBACK_IN_PROGRESS",
      "acme UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "acme UPDATE_ROLLBACK_COMPLETE",
    ]);
    const again = await update({
      UsePreviousTemplate: true,
      Parameters: [...previous("ExternalId"), { ParameterKey: "SetupPhase", ParameterValue: "false" }],
    });
    expect(again.StackStatus).toBe("UPDATE_COMPLETE");
  });

  test("refuses an update that changes nothing", async () => {
    const input = { UsePreviousTemplate: true, Parameters: previous("ExternalId") };
    await expect(update(input)).rejects.toMatchObject({
      name: "ValidationError",
      message: "No updates are to be performed.",
    });
  });

  test("refuses a previous value that there never was, and a stack that is not there", async () => {
    await expect(update({ UsePreviousTemplate: true, Parameters: previous("Nope") })).rejects.toThrow(
      "Cannot specify usePreviousValue as true for a parameter key not in the previous template",
    );
    await expect(update({ StackName: "nope", UsePreviousTemplate: true })).rejects.toThrow(
      "Stack [nope] does not exist",
    );
    await expect(update({ UsePreviousTemplate: true })).rejects.toThrow("Parameters: [ExternalId] must have values");
  });

  test("refuses a stack whose creation was rolled back", async () => {
    const stack = await launch(aws.cloudformation, "second", onboardingTemplate, { ExternalId: "acme-0123" });
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    await expect(
      update({ StackName: "second", UsePreviousTemplate: true, Parameters: previous("ExternalId") }),
    ).rejects.toThrow(`Stack:${stack.StackId} is in ROLLBACK_COMPLETE state and can not be updated.`);
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: "second" }));
    await aws.iam.send(new GetRoleCommand({ RoleName: "acme-access" }));
  });
});

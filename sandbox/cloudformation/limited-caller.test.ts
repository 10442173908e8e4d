import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { clients, describeOne, launch, reasons } from "../testing/cloudformation";
import { onboardingTemplate } from "../testing/template";

let sandbox: RunningSandbox;
let admin: ReturnType<typeof clients>;

beforeAll(async () => {
  sandbox = await createSandbox();
  admin = clients(sandbox.url);
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

/** CloudFormation as somebody who may do these actions and nothing else. */
async function limitedTo(...Action: string[]): Promise<CloudFormationClient> {
  const statement = { Effect: "Allow", Principal: { AWS: "111122223333" }, Action: "sts:AssumeRole" };
  await admin.iam.send(
    new CreateRoleCommand({
      RoleName: "limited",
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: "*" }],
  });
  await admin.iam.send(new PutRolePolicyCommand({ RoleName: "limited", PolicyName: "limits", PolicyDocument }));
  const options = { endpoint: sandbox.url, region: "us-east-1", maxAttempts: 1 };
  const sts = new STSClient({
    ...options,
    credentials: { accessKeyId: "AKIASANDBOX111122223333", secretAccessKey: "sandbox" },
  });
  const RoleArn = "arn:aws:iam::111122223333:role/limited";
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "somebody" }));
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new CloudFormationClient({ ...options, credentials });
}

describe("a caller with few permissions", () => {
  test("gets a rolled-back stack with the permission that was missing", async () => {
    const client = await limitedTo("cloudformation:*");
    const stack = await launch(client, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(client, "acme")).toContainEqual(
      expect.stringMatching(
        /^API: iam:CreateRole User: arn:aws:sts::111122223333:assumed-role\/limited\/somebody is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role\/acme\/acme-access because no identity-based policy allows the iam:CreateRole action$/,
      ),
    );
  });

  test("has the role removed again when only attaching to it was forbidden", async () => {
    const client = await limitedTo(
      "cloudformation:*",
      "iam:CreateRole",
      "iam:CreatePolicy",
      "iam:Delete*",
      "iam:List*",
      "iam:DetachRolePolicy",
    );
    const stack = await launch(client, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await reasons(client, "acme")).toContainEqual(expect.stringContaining("API: iam:AttachRolePolicy User:"));
    await expect(admin.iam.send(new GetRoleCommand({ RoleName: "acme-access" }))).rejects.toThrow("cannot be found");
  });

  test("leaves what it may not remove, and says so", async () => {
    const client = await limitedTo("cloudformation:*", "iam:List*");
    await launch(admin.cloudformation, "acme", onboardingTemplate, { ExternalId: "acme-0123" });
    await client.send(new DeleteStackCommand({ StackName: "acme" }));
    expect(await describeOne(client, "acme")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "The following resource(s) failed to delete: [SetupPolicy, OngoingPolicy, AccessRole]. ",
    });
    await admin.cloudformation.send(new DeleteStackCommand({ StackName: "acme" }));
    await expect(describeOne(client, "acme")).rejects.toThrow("Stack with id acme does not exist");
  });

  test("may not even create a stack without the permission to", async () => {
    const client = await limitedTo("cloudformation:DescribeStacks");
    const command = new CreateStackCommand({ StackName: "acme", TemplateBody: onboardingTemplate });
    await expect(client.send(command)).rejects.toMatchObject({
      name: "AccessDenied",
      message: expect.stringContaining(
        "cloudformation:CreateStack on resource: arn:aws:cloudformation:us-east-1:111122223333:stack/acme/*",
      ),
    });
    const { Stacks } = await client.send(new DescribeStacksCommand({}));
    expect(Stacks ?? []).toEqual([]);
  });
});

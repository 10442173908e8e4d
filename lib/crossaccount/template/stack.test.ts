import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import config from "@/crossaccount.config";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { roleArnFor } from "../aws/role-arn";
import { generateExternalId } from "../external-id";
import { templateVersionOfRole } from "./document";
import { type ExpectedPolicy, expectedPolicies, expectedTrustPolicy } from "./expected";
import { renderTemplate, stackParameters, templateVersion } from "./index";

const setupExpiresAt = "2099-01-01T00:00:00Z";
const role = { partition: "aws", accountId: "111122223333", roleName: "Nimbus-Test", setupExpiresAt } as const;
const roleArn = roleArnFor(config, role);
const externalId = generateExternalId(config.externalIdPrefix);
const expected = expectedPolicies(config, role);
const StackName = "Nimbus-Test";
let sandbox: RunningSandbox;
let cloudFormation: CloudFormationClient;

beforeAll(async () => {
  sandbox = await createSandbox();
  cloudFormation = new CloudFormationClient(as(role.accountId));
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function as(accountId: string) {
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  return { endpoint: sandbox.url, region: "us-east-1", credentials };
}

function parameters(setupPhase: boolean) {
  const stack = { region: "us-east-1", externalId, roleName: role.roleName, setupPhase, setupExpiresAt };
  return Object.entries(stackParameters(config, stack)).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
}

async function launch(): Promise<void> {
  await cloudFormation.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: renderTemplate(config),
      Parameters: parameters(true),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
    }),
  );
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 20, minDelay: 1 }, { StackName });
}

test("a launched stack makes the role and policies that the checks expect, readable by the role itself", async () => {
  await launch();
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
  const outputs = Object.fromEntries(
    Stacks?.[0]?.Outputs?.map((output) => [output.OutputKey, output.OutputValue]) ?? [],
  );
  expect(outputs).toMatchObject({ RoleArn: roleArn, ExternalId: externalId });

  const iam = await asTheRole();
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: role.roleName }));
  expect(json(Role?.AssumeRolePolicyDocument)).toEqual(expectedTrustPolicy(config, { partition: "aws", externalId }));
  expect(templateVersionOfRole(Role?.Description)).toBe(templateVersion(config));
  expect(await attachedPolicies(iam)).toEqual(byName([...expected.ongoing, ...expected.setup]));
});

test("the role cannot be assumed without its external ID", async () => {
  await launch();
  const sts = new STSClient(as(config.serviceAccountId));
  const request = { RoleArn: roleArn, RoleSessionName: "test" };
  await expect(sts.send(new AssumeRoleCommand(request))).rejects.toMatchObject({ name: "AccessDenied" });
});

test("an update with SetupPhase=false removes the setup policy and keeps the role", async () => {
  await launch();
  await cloudFormation.send(
    new UpdateStackCommand({
      StackName,
      UsePreviousTemplate: true,
      Parameters: parameters(false),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
    }),
  );
  await waitUntilStackUpdateComplete({ client: cloudFormation, maxWaitTime: 20, minDelay: 1 }, { StackName });
  expect(await attachedPolicies(await asTheRole())).toEqual(byName(expected.ongoing));
});

async function asTheRole(): Promise<IAMClient> {
  const sts = new STSClient(as(config.serviceAccountId));
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "test", ExternalId: externalId });
  const { Credentials } = await sts.send(command);
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "", SessionToken } = Credentials ?? {};
  const credentials = { accessKeyId, secretAccessKey, sessionToken: SessionToken };
  return new IAMClient({ ...as(role.accountId), credentials });
}

async function attachedPolicies(iam: IAMClient): Promise<Record<string, unknown>> {
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: role.roleName }));
  const read = AttachedPolicies?.map(async ({ PolicyArn, PolicyName = "" }) => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    return [PolicyName, { arn: PolicyArn, document: json(PolicyVersion?.Document) }] as const;
  });
  return Object.fromEntries(await Promise.all(read ?? []));
}

function byName(policies: readonly ExpectedPolicy[]): Record<string, unknown> {
  return Object.fromEntries(policies.map(({ name, arn, document }) => [name, { arn, document }]));
}

function json(document: string | undefined): unknown {
  return JSON.parse(decodeURIComponent(document ?? "null"));
}

import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  CreateStackSetCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
} from "@aws-sdk/client-cloudformation";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, test } from "vitest";
import config from "@/crossaccount.config";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { administratorOf, expectError, sessionOf } from "@/sandbox/testing/clients";
import { startOrganization } from "@/sandbox/testing/organization";
import { roleArnFor } from "../aws/role-arn";
import { generateExternalId } from "../external-id";
import { renderTemplate, stackParameters } from "./index";

const accounts = ["111122223333", "222233334444", "333344445555"];
const roleName = "Nimbus-Test";
const region = "us-east-1";
const StackSetName = "Nimbus-Test";
let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const vendor = () => new STSClient(administratorOf(config.serviceAccountId, sandbox.url));
const assume = (accountId: string, ExternalId: string | undefined) => {
  const RoleArn = roleArnFor(config, { partition: "aws", accountId, roleName });
  return vendor().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit", ExternalId }));
};

test("a stack set makes the role in every account of an organization, each for its own external ID alone", async () => {
  const organization = await startOrganization(sandbox.url);
  for (const account of accounts) await organization.add(account);
  const externalIds = new Map(accounts.map((account) => [account, generateExternalId(config.externalIdPrefix)]));
  const common = generateExternalId(config.externalIdPrefix);
  const stack = { region, externalId: common, roleName, setupPhase: true, setupExpiresAt: "2099-01-01T00:00:00Z" };
  const cloudFormation = new CloudFormationClient(administratorOf(organization.management, sandbox.url));
  await cloudFormation.send(
    new CreateStackSetCommand({
      StackSetName,
      TemplateBody: renderTemplate(config),
      Parameters: listed(stackParameters(config, stack)),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      PermissionModel: "SERVICE_MANAGED",
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
    }),
  );
  for (const [account, ExternalId] of externalIds) {
    const target = { OrganizationalUnitIds: [organization.root], Accounts: [account] };
    const { OperationId } = await cloudFormation.send(
      new CreateStackInstancesCommand({
        StackSetName,
        DeploymentTargets: { ...target, AccountFilterType: "INTERSECTION" },
        Regions: [region],
        ParameterOverrides: listed({ ExternalId }),
      }),
    );
    const results = new ListStackSetOperationResultsCommand({ StackSetName, OperationId });
    const { Summaries } = await cloudFormation.send(results);
    expect(Summaries).toMatchObject([{ Account: account, Status: "SUCCEEDED" }]);
  }
  const { Summaries = [] } = await cloudFormation.send(new ListStackInstancesCommand({ StackSetName }));
  expect(Summaries.map(({ Account, Status }) => [Account, Status])).toEqual(accounts.map((id) => [id, "CURRENT"]));
  for (const account of accounts) {
    const { Credentials } = await assume(account, externalIds.get(account));
    const session = new STSClient(sessionOf(Credentials, sandbox.url));
    expect((await session.send(new GetCallerIdentityCommand({}))).Account).toBe(account);
    const wrong = accounts.filter((other) => other !== account).map((other) => externalIds.get(other));
    for (const other of [...wrong, common, undefined]) await expectError(assume(account, other), "AccessDenied");
  }

  await organization.add("444455556666");
  await assume("444455556666", common);
});

function listed(parameters: Record<string, string>) {
  return Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

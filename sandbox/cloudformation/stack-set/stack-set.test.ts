import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateStackInstancesCommand,
  type CreateStackInstancesCommandInput,
  CreateStackSetCommand,
  type CreateStackSetCommandInput,
  DeleteStackInstancesCommand,
  DeleteStackSetCommand,
  DescribeStackInstanceCommand,
  DescribeStackSetCommand,
  DescribeStackSetOperationCommand,
  ListStackInstancesCommand,
  ListStackSetOperationResultsCommand,
  ListStackSetOperationsCommand,
  ListStackSetsCommand,
  UpdateStackInstancesCommand,
  UpdateStackSetCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateRoleCommand, GetRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { DisableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../../testing/clients";
import { clients, parameterList } from "../../testing/cloudformation";
import { startProvider, TOPIC } from "../../testing/custom-resource";
import { startOrganization, type TestOrganization } from "../../testing/organization";
import { onboardingTemplate } from "../../testing/template";

const [first, second, third] = ["111122223333", "222233334444", "333344445555"] as const;
const vendor = "123456789012";

let sandbox: RunningSandbox;

beforeEach(async () => {
  sandbox = await createSandbox();
});
afterEach(() => sandbox.close());

const admin = (account: string) => administratorOf(account, sandbox.url);
const setsOf = (account: string) => new CloudFormationClient({ ...admin(account), maxAttempts: 1 });
const assume = (account: string, ExternalId: string) => {
  const RoleArn = `arn:aws:iam::${account}:role/acme/acme-access`;
  return stsOf(admin(vendor)).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit", ExternalId }));
};
const takeName = (account: string) =>
  iamOf(admin(account)).send(
    new CreateRoleCommand({
      RoleName: "acme-access",
      AssumeRolePolicyDocument: policyOf({ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" }),
    }),
  );

const StackSetName = "acme";

async function makeSet(account: string, more: Partial<CreateStackSetCommandInput> = {}) {
  await setsOf(account).send(
    new CreateStackSetCommand({
      StackSetName,
      TemplateBody: onboardingTemplate,
      Parameters: parameterList({ ExternalId: "acme-default" }),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      ...more,
    }),
  );
  return setOf(account);
}

/** What can be done to the stack set of this account. */
function setOf(account: string) {
  const client = setsOf(account);
  return {
    client,
    async create(more: Omit<CreateStackInstancesCommandInput, "StackSetName">): Promise<string> {
      const command = new CreateStackInstancesCommand({ StackSetName, ...more });
      return (await client.send(command)).OperationId ?? "";
    },
    async instances(): Promise<(string | undefined)[][]> {
      const { Summaries = [] } = await client.send(new ListStackInstancesCommand({ StackSetName }));
      return Summaries.map(({ Account, Region, Status }) => [Account, Region, Status]);
    },
    async operation(OperationId: string): Promise<string | undefined> {
      const command = new DescribeStackSetOperationCommand({ StackSetName, OperationId });
      return (await client.send(command)).StackSetOperation?.Status;
    },
    async results(OperationId: string) {
      const command = new ListStackSetOperationResultsCommand({ StackSetName, OperationId });
      return (await client.send(command)).Summaries ?? [];
    },
  };
}

const regions = ["us-east-1"];

describe("a stack set of an organization", () => {
  const service: Partial<CreateStackSetCommandInput> = {
    PermissionModel: "SERVICE_MANAGED",
    AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
  };
  let organization: TestOrganization;

  beforeEach(async () => {
    organization = await startOrganization(sandbox.url);
    await organization.add(first);
    await organization.add(second);
  });

  const everywhere = () => ({ DeploymentTargets: { OrganizationalUnitIds: [organization.root] }, Regions: regions });

  test("reaches every account but the management account", async () => {
    const set = await makeSet(organization.management, service);
    const operation = await set.create(everywhere());
    expect(await set.operation(operation)).toBe("SUCCEEDED");
    expect(await set.instances()).toEqual([
      [first, "us-east-1", "CURRENT"],
      [second, "us-east-1", "CURRENT"],
    ]);
    await assume(first, "acme-default");
    await assume(second, "acme-default");
    await expectError(assume(first, "other"), "AccessDenied");
    await expectError(assume(organization.management, "acme-default"), "AccessDenied");
    const command = new DescribeStackInstanceCommand({
      StackSetName: "acme",
      StackInstanceAccount: first,
      StackInstanceRegion: "us-east-1",
    });
    const { StackInstance } = await set.client.send(command);
    expect(StackInstance).toMatchObject({ OrganizationalUnitId: organization.root, ParameterOverrides: [] });
    expect(StackInstance?.StackId).toMatch(`arn:aws:cloudformation:us-east-1:${first}:stack/StackSet-acme-`);
  });

  test("follows an account that joins later, with the set's own values and not the overrides", async () => {
    const set = await makeSet(organization.management, service);
    await set.create({ ...everywhere(), ParameterOverrides: parameterList({ ExternalId: "acme-chosen" }) });
    await assume(first, "acme-chosen");
    await organization.add(third);
    expect((await set.instances()).at(-1)).toEqual([third, "us-east-1", "CURRENT"]);
    await assume(third, "acme-default");
    await expectError(assume(third, "acme-chosen"), "AccessDenied");
    const { Summaries = [] } = await set.client.send(new ListStackSetOperationsCommand({ StackSetName: "acme" }));
    expect(Summaries.map(({ Action, Status }) => [Action, Status])).toEqual([
      ["CREATE", "SUCCEEDED"],
      ["CREATE", "SUCCEEDED"],
    ]);
  });

  test("goes with an account that moves, into units within units, and leaves with it", async () => {
    const unit = await organization.unit("Workloads");
    const inner = await organization.unit("Production", unit);
    await organization.move(first, organization.root, inner);
    const set = await makeSet(organization.management, service);
    await set.create({ DeploymentTargets: { OrganizationalUnitIds: [unit] }, Regions: regions });
    expect((await set.instances()).map(([account]) => account)).toEqual([first]);
    await organization.move(second, organization.root, unit);
    expect((await set.instances()).map(([account]) => account)).toEqual([first, second]);
    await organization.move(first, inner, organization.root);
    expect((await set.instances()).map(([account]) => account)).toEqual([second]);
    await expectError(assume(first, "acme-default"), "AccessDenied");
    await assume(second, "acme-default");
  });

  test("keeps what an account has when that was chosen, and follows nobody without automatic deployment", async () => {
    const retaining = { Enabled: true, RetainStacksOnAccountRemoval: true };
    const unit = await organization.unit("Workloads");
    await organization.move(first, organization.root, unit);
    const set = await makeSet(organization.management, { ...service, AutoDeployment: retaining });
    await set.create({ DeploymentTargets: { OrganizationalUnitIds: [unit] }, Regions: regions });
    await organization.move(first, unit, organization.root);
    expect(await set.instances()).toEqual([]);
    await assume(first, "acme-default");
    const change = { StackSetName: "acme", UsePreviousTemplate: true, AutoDeployment: { Enabled: false } };
    const Parameters = [{ ParameterKey: "ExternalId", UsePreviousValue: true }];
    const Capabilities = ["CAPABILITY_NAMED_IAM" as const];
    await set.client.send(new UpdateStackSetCommand({ ...change, Parameters, Capabilities }));
    await organization.move(second, organization.root, unit);
    expect(await set.instances()).toEqual([]);
  });

  test("can be kept to some accounts of a unit", async () => {
    const set = await makeSet(organization.management, service);
    const target = { OrganizationalUnitIds: [organization.root], Accounts: [first] };
    await set.create({ DeploymentTargets: { ...target, AccountFilterType: "DIFFERENCE" }, Regions: regions });
    expect((await set.instances()).map(([account]) => account)).toEqual([second]);
    await set.create({ DeploymentTargets: { ...target, AccountFilterType: "INTERSECTION" }, Regions: regions });
    expect((await set.instances()).map(([account]) => account)).toEqual([second, first]);
  });

  test("cannot do what a service control policy forbids", async () => {
    const Statement = [{ Effect: "Deny", Action: "iam:CreateRole", Resource: "*" }];
    const policy = { Version: "2012-10-17", Statement };
    sandbox.setOrganization({ accountId: first, serviceControlPolicies: [policy] });
    const set = await makeSet(organization.management, service);
    const operation = await set.create({ ...everywhere(), OperationPreferences: { FailureToleranceCount: 1 } });
    expect(await set.operation(operation)).toBe("SUCCEEDED");
    const [failed] = await set.results(operation);
    expect(failed).toMatchObject({ Account: first, Status: "FAILED" });
    expect(failed?.StatusReason).toContain("explicit deny in a service control policy");
  });

  test.each<[string, (set: Awaited<ReturnType<typeof makeSet>>) => Promise<unknown>, string]>([
    ["accounts by themselves", (set) => set.create({ Accounts: [first], Regions: regions }), "self-managed"],
    [
      "a unit that there is not",
      (set) => set.create({ DeploymentTargets: { OrganizationalUnitIds: ["ou-abcd-12345678"] }, Regions: regions }),
      "not found",
    ],
    ["a Region that there is not", (set) => set.create({ ...everywhere(), Regions: ["mars-1"] }), "mars-1"],
    [
      "Regions side by side",
      (set) => set.create({ ...everywhere(), OperationPreferences: { RegionConcurrencyType: "PARALLEL" } }),
      "Not supported by the sandbox: RegionConcurrencyType",
    ],
    ["a delegated administrator", (set) => set.create({ ...everywhere(), CallAs: "DELEGATED_ADMIN" }), "CallAs"],
    [
      "a parameter that the template has not",
      (set) => set.create({ ...everywhere(), ParameterOverrides: parameterList({ Nope: "x" }) }),
      "Parameters: [Nope] do not exist in the template",
    ],
  ])("refuses %s", async (_, work, text) => {
    const set = await makeSet(organization.management, service);
    await expectError(work(set), "ValidationError", text);
    expect(await set.instances()).toEqual([]);
  });

  test("needs trusted access, and the management account", async () => {
    await expectError(makeSet(first, service), "ValidationError", "delegated administrator");
    const ServicePrincipal = "member.org.stacksets.cloudformation.amazonaws.com";
    await organization.client.send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
    const text = "You must enable organizations access to operate a service managed stack set";
    await expectError(makeSet(organization.management, service), "ValidationError", text);
    await expectError(makeSet("555566667777", service), "ValidationError", text);
  });
});

describe("a stack set of one's own roles", () => {
  const administrator = "777766665555";

  async function administration(): Promise<void> {
    const iam = iamOf(admin(administrator));
    const RoleName = "AWSCloudFormationStackSetAdministrationRole";
    const Principal = { Service: "cloudformation.amazonaws.com" };
    const trust = policyOf({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const Resource = "arn:aws:iam::*:role/AWSCloudFormationStackSetExecutionRole";
    const PolicyDocument = policyOf({ Effect: "Allow", Action: "sts:AssumeRole", Resource });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "assume", PolicyDocument }));
  }

  async function execution(account: string, Action: string | string[] = "*"): Promise<void> {
    const iam = iamOf(admin(account));
    const RoleName = "AWSCloudFormationStackSetExecutionRole";
    const trust = policyOf({ Effect: "Allow", Principal: { AWS: administrator }, Action: "sts:AssumeRole" });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }));
    const PolicyDocument = policyOf({ Effect: "Allow", Action, Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "all", PolicyDocument }));
  }

  const tolerant = { OperationPreferences: { FailureTolerancePercentage: 50 } };

  test("works through them, and says which account lacks which", async () => {
    const set = await makeSet(administrator);
    const missing = await set.create({ Accounts: [first], Regions: regions });
    expect(await set.operation(missing)).toBe("FAILED");
    expect((await set.results(missing))[0]?.StatusReason).toBe(
      `Account ${administrator} should have 'AWSCloudFormationStackSetAdministrationRole' role with trust relationship to CloudFormation service.`,
    );
    await administration();
    await execution(first);
    const operation = await set.create({ Accounts: [first, second], Regions: regions, ...tolerant });
    expect(await set.operation(operation)).toBe("SUCCEEDED");
    const results = await set.results(operation);
    expect(results.map(({ Account, Status }) => [Account, Status])).toEqual([
      [first, "SUCCEEDED"],
      [second, "FAILED"],
    ]);
    expect(results[1]?.StatusReason).toBe(
      `Account ${second} should have 'AWSCloudFormationStackSetExecutionRole' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.`,
    );
    await assume(first, "acme-default");
  });

  test("can do no more than the execution role may", async () => {
    await administration();
    await execution(first, "cloudformation:*");
    const set = await makeSet(administrator);
    const operation = await set.create({ Accounts: [first], Regions: regions });
    expect((await set.results(operation))[0]?.StatusReason).toMatch(
      /assumed-role\/AWSCloudFormationStackSetExecutionRole\/acme-\S+ is not authorized to perform: iam:CreateRole/,
    );
  });

  test("needs a caller who may pass the administration role", async () => {
    await administration();
    const iam = iamOf(admin(administrator));
    const trust = policyOf({ Effect: "Allow", Principal: { AWS: administrator }, Action: "sts:AssumeRole" });
    await iam.send(new CreateRoleCommand({ RoleName: "Operator", AssumeRolePolicyDocument: trust }));
    const PolicyDocument = policyOf({ Effect: "Allow", Action: "cloudformation:*", Resource: "*" });
    await iam.send(new PutRolePolicyCommand({ RoleName: "Operator", PolicyName: "own", PolicyDocument }));
    const RoleArn = `arn:aws:iam::${administrator}:role/Operator`;
    const session = await stsOf(admin(administrator)).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "me" }));
    const client = new CloudFormationClient(sessionOf(session.Credentials, sandbox.url));
    const command = new CreateStackSetCommand({
      StackSetName: "acme",
      TemplateBody: '{"Resources":{"H":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}',
    });
    await expectError(client.send(command), "AccessDenied", "iam:PassRole");
  });

  test("stops at the first failure unless some are tolerated, and goes on where it stopped", async () => {
    await administration();
    for (const account of [first, second, third]) await execution(account);
    await takeName(second);
    const set = await makeSet(administrator);
    const Accounts = [first, second, third];
    const operation = await set.create({ Accounts, Regions: regions });
    expect(await set.operation(operation)).toBe("FAILED");
    expect((await set.results(operation)).map(({ Status }) => Status)).toEqual(["SUCCEEDED", "FAILED", "CANCELLED"]);
    expect(await set.instances()).toEqual([
      [first, "us-east-1", "CURRENT"],
      [second, "us-east-1", "OUTDATED"],
      [third, "us-east-1", "OUTDATED"],
    ]);
    const more = { Accounts, Regions: regions, ParameterOverrides: parameterList({ RoleName: "acme-other" }) };
    expect(await set.operation(await set.create(more))).toBe("SUCCEEDED");
    expect((await set.instances()).map(([, , status]) => status)).toEqual(["CURRENT", "CURRENT", "CURRENT"]);
  });

  test("goes through Regions in order, and stops before the next one", async () => {
    await administration();
    for (const account of [first, second]) await execution(account);
    const set = await makeSet(administrator);
    const Regions = ["us-east-1", "eu-west-1"];
    const OperationPreferences = { RegionOrder: ["eu-west-1", "us-east-1"], FailureToleranceCount: 1 };
    const operation = await set.create({ Accounts: [first, second], Regions, OperationPreferences });
    // The role's name is taken by the other Region's stack.
    const results = await set.results(operation);
    expect(results.map(({ Region, Status }) => [Region, Status])).toEqual([
      ["eu-west-1", "SUCCEEDED"],
      ["eu-west-1", "SUCCEEDED"],
      ["us-east-1", "FAILED"],
      ["us-east-1", "FAILED"],
    ]);
    expect(await set.operation(operation)).toBe("FAILED");
  });

  test("updates its stacks, keeps overrides, and takes them back", async () => {
    await administration();
    for (const account of [first, second]) await execution(account);
    const set = await makeSet(administrator);
    await set.create({ Accounts: [first], Regions: regions });
    const ParameterOverrides = parameterList({ ExternalId: "acme-second" });
    await set.create({ Accounts: [second], Regions: regions, ParameterOverrides });
    await assume(second, "acme-second");

    const common = { StackSetName: "acme", Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
    const TemplateBody = onboardingTemplate.replace("Description: Access", "Description: Changed access");
    const Parameters = parameterList({ ExternalId: "acme-changed" });
    const { OperationId } = await set.client.send(new UpdateStackSetCommand({ ...common, TemplateBody, Parameters }));
    expect(await set.operation(OperationId ?? "")).toBe("SUCCEEDED");
    await assume(first, "acme-changed");
    await assume(second, "acme-second");
    const { StackSet } = await set.client.send(new DescribeStackSetCommand({ StackSetName: "acme" }));
    expect(StackSet?.Parameters).toContainEqual({ ParameterKey: "ExternalId", ParameterValue: "acme-changed" });
    expect(StackSet?.Parameters).toContainEqual({ ParameterKey: "Secret", ParameterValue: "****" });

    const where = { StackSetName: "acme", Accounts: [second], Regions: regions };
    await set.client.send(new UpdateStackInstancesCommand({ ...where, ParameterOverrides: [] }));
    await assume(second, "acme-changed");
  });

  test("takes its stacks away, or leaves them there, before it goes", async () => {
    await administration();
    for (const account of [first, second]) await execution(account);
    const set = await makeSet(administrator);
    await set.create({ Accounts: [first, second], Regions: regions });
    const remove = new DeleteStackSetCommand({ StackSetName: "acme" });
    await expectError(set.client.send(remove), "StackSetNotEmptyException", "StackSet is not empty", 409);
    const take = (account: string, RetainStacks: boolean) =>
      set.client.send(
        new DeleteStackInstancesCommand({ StackSetName: "acme", Accounts: [account], Regions: regions, RetainStacks }),
      );
    await take(first, false);
    await take(second, true);
    expect(await set.instances()).toEqual([]);
    await expectError(assume(first, "acme-default"), "AccessDenied");
    await assume(second, "acme-default");
    await set.client.send(remove);
    const { Summaries } = await set.client.send(new ListStackSetsCommand({}));
    expect(Summaries).toMatchObject([{ StackSetName: "acme", Status: "DELETED" }]);
    await expectError(set.create({ Accounts: [first], Regions: regions }), "StackSetNotFoundException");
  });

  test("waits for a custom resource in an account, while its call has answered", async () => {
    const provider = await startProvider(sandbox.url);
    await administration();
    await execution(first);
    const Home = { Type: "Custom::PhoneHome", Properties: { ServiceToken: TOPIC } };
    const set = await makeSet(administrator, { TemplateBody: JSON.stringify({ Resources: { Home } }), Parameters: [] });
    const operation = await set.create({ Accounts: [first], Regions: regions });
    expect(await set.operation(operation)).toBe("RUNNING");
    await expectError(set.create({ Accounts: [first], Regions: regions }), "OperationInProgressException");
    expect((await provider.settle("home")).StackId).toContain(`:${first}:stack/StackSet-acme-`);
    let status = await set.operation(operation);
    for (let asked = 0; asked < 100 && status === "RUNNING"; asked += 1) status = await set.operation(operation);
    expect(status).toBe("SUCCEEDED");
    await provider.close();
  });
});

test("an operation that waited when the sandbox was stopped has failed after the start, and another can begin", async () => {
  const directory = mkdtempSync(join(tmpdir(), "sandbox-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "state.json");
  await sandbox.close();
  sandbox = await createSandbox({ state: file });
  const provider = await startProvider(sandbox.url);
  const organization = await startOrganization(sandbox.url);
  await organization.add(first);
  const Home = { Type: "Custom::PhoneHome", Properties: { ServiceToken: TOPIC } };
  const body = { TemplateBody: JSON.stringify({ Resources: { Home } }), Parameters: [] };
  const set = await makeSet(organization.management, { ...body, PermissionModel: "SERVICE_MANAGED" });
  const target = { DeploymentTargets: { OrganizationalUnitIds: [organization.root] }, Regions: regions };
  const operation = await set.create(target);
  await provider.next();
  await sandbox.close();
  sandbox = await createSandbox({ state: file, port: Number(new URL(sandbox.url).port) });
  const again = setOf(organization.management);
  expect(await again.operation(operation)).toBe("FAILED");
  const next = await again.create(target);
  await provider.settle("home");
  let status = await again.operation(next);
  for (let asked = 0; asked < 100 && status === "RUNNING"; asked += 1) status = await again.operation(next);
  expect(status).toBe("SUCCEEDED");
  await provider.close();
});

test("CreateStackSet refuses what CreateStack refuses, and a name in use", async () => {
  await expectError(makeSet(first, { Capabilities: [] }), "InsufficientCapabilitiesException", "CAPABILITY_NAMED_IAM");
  await expectError(makeSet(first, { Parameters: [] }), "ValidationError", "[ExternalId] must have values");
  await expectError(makeSet(first, { TemplateBody: undefined }), "ValidationError", "must be specified");
  await expectError(makeSet(first, { ManagedExecution: { Active: true } }), "ValidationError", "ManagedExecution");
  await makeSet(first);
  await expectError(makeSet(first), "NameAlreadyExistsException");
  const { iam } = clients(sandbox.url, first);
  await expectError(iam.send(new GetRoleCommand({ RoleName: "acme-access" })), "NoSuchEntity");
});

import {
  AcceptHandshakeCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  DescribeAccountCommand,
  DescribeCreateAccountStatusCommand,
  DescribeOrganizationCommand,
  DisableAWSServiceAccessCommand,
  InviteAccountToOrganizationCommand,
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListPoliciesCommand,
} from "@aws-sdk/client-organizations";
import { CreateTopicCommand, PublishCommand, SetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, policyOf } from "../testing/clients";
import { organizationsOf, startOrganization, type TestOrganization } from "../testing/organization";

const member = "111122223333";

let sandbox: RunningSandbox;
let organization: TestOrganization;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(async () => {
  sandbox.reset();
  organization = await startOrganization(sandbox.url);
});
afterAll(() => sandbox.close());

const of = (account: string) => organizationsOf(account, sandbox.url);

describe("an organization", () => {
  test("has its management account, root, units and accounts", async () => {
    const { Organization } = await of(organization.management).send(new DescribeOrganizationCommand({}));
    expect(Organization).toMatchObject({ FeatureSet: "ALL", MasterAccountId: organization.management });
    expect(Organization?.Arn).toBe(
      `arn:aws:organizations::${organization.management}:organization/${Organization?.Id}`,
    );
    const unit = await organization.unit("Workloads");
    const inner = await organization.unit("Production", unit);
    await organization.add(member);
    await organization.move(member, organization.root, inner);
    const { client, root } = organization;
    const { Accounts = [] } = await client.send(new ListAccountsCommand({}));
    expect(Accounts.map(({ Id, Status }) => [Id, Status])).toEqual([
      [organization.management, "ACTIVE"],
      [member, "ACTIVE"],
    ]);
    const units = await client.send(new ListOrganizationalUnitsForParentCommand({ ParentId: root }));
    expect(units.OrganizationalUnits).toMatchObject([{ Id: unit, Name: "Workloads" }]);
    const within = await client.send(new ListAccountsForParentCommand({ ParentId: inner }));
    expect(within.Accounts).toMatchObject([{ Id: member, JoinedMethod: "INVITED" }]);
    const { Parents } = await client.send(new ListParentsCommand({ ChildId: member }));
    expect(Parents).toEqual([{ Id: inner, Type: "ORGANIZATIONAL_UNIT" }]);
    expect((await of(member).send(new DescribeOrganizationCommand({}))).Organization?.Id).toBe(Organization?.Id);
  });

  test("makes accounts", async () => {
    const { client } = organization;
    const wanted = { AccountName: "New", Email: "new@acme.example" };
    const { CreateAccountStatus } = await client.send(new CreateAccountCommand(wanted));
    const CreateAccountRequestId = CreateAccountStatus?.Id;
    const status = await client.send(new DescribeCreateAccountStatusCommand({ CreateAccountRequestId }));
    expect(status.CreateAccountStatus).toMatchObject({ State: "SUCCEEDED", AccountName: "New" });
    const { AccountId } = status.CreateAccountStatus ?? {};
    const { Account } = await client.send(new DescribeAccountCommand({ AccountId }));
    expect(Account).toMatchObject({ Id: AccountId, Name: "New", Email: "new@acme.example", JoinedMethod: "CREATED" });
  });

  test("is what policies know as aws:PrincipalOrgID", async () => {
    const vendor = new SNSClient(administratorOf("123456789012", sandbox.url));
    const { TopicArn } = await vendor.send(new CreateTopicCommand({ Name: "news" }));
    const { Organization } = await organization.client.send(new DescribeOrganizationCommand({}));
    const Condition = { StringEquals: { "aws:PrincipalOrgID": Organization?.Id } };
    const statement = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: TopicArn, Condition };
    const change = { TopicArn, AttributeName: "Policy", AttributeValue: policyOf(statement) };
    await vendor.send(new SetTopicAttributesCommand(change));
    const publish = () =>
      new SNSClient(administratorOf(member, sandbox.url)).send(new PublishCommand({ TopicArn, Message: "hello" }));
    await expectError(publish(), "AuthorizationError");
    await organization.add(member);
    await publish();
  });

  test("gives and takes trusted access", async () => {
    const list = async () => {
      const answer = await organization.client.send(new ListAWSServiceAccessForOrganizationCommand({}));
      return (answer.EnabledServicePrincipals ?? []).map(({ ServicePrincipal }) => ServicePrincipal);
    };
    const ServicePrincipal = "member.org.stacksets.cloudformation.amazonaws.com";
    expect(await list()).toEqual([ServicePrincipal]);
    await organization.client.send(new DisableAWSServiceAccessCommand({ ServicePrincipal }));
    expect(await list()).toEqual([]);
  });
});

describe("who may do what", () => {
  test("an account in no organization is told so, and a member may not manage", async () => {
    await expectError(of(member).send(new DescribeOrganizationCommand({})), "AWSOrganizationsNotInUseException");
    await organization.add(member);
    await expectError(of(member).send(new ListAccountsCommand({})), "AccessDeniedException", "don't have permissions");
    await expectError(of(member).send(new CreateOrganizationCommand({})), "AlreadyInOrganizationException");
    const Target = { Type: "ACCOUNT" as const, Id: member };
    const again = organization.client.send(new InviteAccountToOrganizationCommand({ Target }));
    await expectError(again, "HandshakeConstraintViolationException");
  });

  test("an invitation is for one account, once", async () => {
    const Target = { Type: "ACCOUNT" as const, Id: member };
    const { Handshake } = await organization.client.send(new InviteAccountToOrganizationCommand({ Target }));
    const accept = (account: string) => of(account).send(new AcceptHandshakeCommand({ HandshakeId: Handshake?.Id }));
    await expectError(accept("444455556666"), "HandshakeNotFoundException");
    await accept(member);
    await expectError(accept(member), "InvalidHandshakeTransitionException");
  });

  test("a move must say where from, and where there is something", async () => {
    await organization.add(member);
    const unit = await organization.unit("Workloads");
    await expectError(organization.move(member, unit, organization.root), "SourceParentNotFoundException");
    const nowhere = organization.move(member, organization.root, "ou-abcd-12345678");
    await expectError(nowhere, "DestinationParentNotFoundException");
    await expectError(organization.unit("Workloads"), "DuplicateOrganizationalUnitException");
  });

  test("what is not there is refused loudly", async () => {
    const policies = organization.client.send(new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY" }));
    await expect(policies).rejects.toThrow("The sandbox does not support the operation ListPolicies");
    const billing = new CreateOrganizationCommand({ FeatureSet: "CONSOLIDATED_BILLING" });
    await expectError(of("555566667777").send(billing), "InvalidInputException");
  });
});

import { AttachRolePolicyCommand, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const arn = `arn:aws:sns:us-east-1:${vendor}:phone-home`;

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const snsOf = (account: string, region?: string) => new SNSClient(administratorOf(account, sandbox.url, region));
const create = (Name = "phone-home", more: object = {}) =>
  snsOf(vendor).send(new CreateTopicCommand({ Name, ...more }));
const publish = (sns: SNSClient, TopicArn = arn) => sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
const allow = (Principal: unknown, Action: string | string[], more: object = {}) =>
  policyOf({ Effect: "Allow", Principal, Action, Resource: arn, ...more });
const setPolicy = (Policy: string, sns = snsOf(vendor)) =>
  sns.send(new SetTopicAttributesCommand({ TopicArn: arn, AttributeName: "Policy", AttributeValue: Policy }));
async function attributes(TopicArn = arn): Promise<Record<string, string>> {
  const { Attributes = {} } = await snsOf(vendor).send(new GetTopicAttributesCommand({ TopicArn }));
  return Attributes;
}

/** A session of a role of the customer with this policy and no other. */
async function sessionWith(policy: string | undefined, account = customer): Promise<SNSClient> {
  const iam = iamOf(administratorOf(account, sandbox.url));
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: account }, Action: "sts:AssumeRole" });
  await iam.send(new CreateRoleCommand({ RoleName: "Launcher", AssumeRolePolicyDocument: trust }));
  if (policy === undefined) {
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName: "Launcher", PolicyArn }));
  } else {
    const document = { RoleName: "Launcher", PolicyName: "own", PolicyDocument: policy };
    await iam.send(new PutRolePolicyCommand(document));
  }
  const RoleArn = `arn:aws:iam::${account}:role/Launcher`;
  const sts = stsOf(administratorOf(account, sandbox.url));
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "launch" }));
  return new SNSClient(sessionOf(Credentials, sandbox.url));
}

describe("topics", () => {
  test("are made once, with AWS's defaults, listed by Region and deleted", async () => {
    expect((await create()).TopicArn).toBe(arn);
    expect((await create()).TopicArn).toBe(arn);
    await snsOf(vendor, "eu-west-1").send(new CreateTopicCommand({ Name: "elsewhere" }));
    await snsOf(customer).send(new CreateTopicCommand({ Name: "theirs" }));
    expect((await snsOf(vendor).send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: arn }]);
    expect(await attributes()).toMatchObject({
      TopicArn: arn,
      Owner: vendor,
      DisplayName: "",
      SignatureVersion: "1",
      SubscriptionsConfirmed: "0",
      SubscriptionsPending: "0",
    });
    await snsOf(vendor).send(new DeleteTopicCommand({ TopicArn: arn }));
    await snsOf(vendor).send(new DeleteTopicCommand({ TopicArn: arn }));
    await expectError(attributes(), "NotFound", "Topic does not exist", 404);
  });

  test("take a display name, a signature version and tags", async () => {
    const Tags = [{ Key: "team", Value: "core" }];
    await create("phone-home", { Attributes: { DisplayName: "Nimbus" }, Tags });
    const change = { TopicArn: arn, AttributeName: "SignatureVersion", AttributeValue: "2" };
    await snsOf(vendor).send(new SetTopicAttributesCommand(change));
    expect(await attributes()).toMatchObject({ DisplayName: "Nimbus", SignatureVersion: "2" });
    expect((await snsOf(vendor).send(new ListTagsForResourceCommand({ ResourceArn: arn }))).Tags).toEqual(Tags);
    await expectError(create("phone-home", { Attributes: { DisplayName: "Other" } }), "InvalidParameter", "different");
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a FIFO topic", () => create("orders.fifo"), "FIFO"],
    ["an encrypted topic", () => create("safe", { Attributes: { KmsMasterKeyId: "alias/aws/sns" } }), "KmsMasterKeyId"],
    [
      "message attributes",
      () => publishWith({ MessageAttributes: { a: { DataType: "String", StringValue: "b" } } }),
      "MessageAttributes",
    ],
    ["a text message", () => publishWith({ TopicArn: undefined, PhoneNumber: "+15550100" }), "PhoneNumber"],
    ["an endpoint elsewhere", () => subscribeTo("https", "https://example.com/sns"), "this machine only"],
    ["a queue", () => subscribeTo("sqs", `arn:aws:sqs:us-east-1:${vendor}:q`), "subscriptions by sqs"],
  ])("refuses %s, saying so", async (_, work, text) => {
    await create();
    await expect(work()).rejects.toMatchObject({ message: expect.stringContaining(text) as string });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a name with a space", () => create("phone home"), "Topic Name"],
    ["signature version 3", () => create("x", { Attributes: { SignatureVersion: "3" } }), "SignatureVersion"],
    ["an empty message", () => publishWith({ Message: "" }), "Empty message"],
    ["a message of more than 256 KiB", () => publishWith({ Message: "x".repeat(262_145) }), "Message too long"],
    ["a subject of two lines", () => publishWith({ Subject: "a\nb" }), "Subject"],
    ["http for an https endpoint", () => subscribeTo("http", "https://127.0.0.1/sns"), "Endpoint"],
    ["a topic of another Region", () => publish(snsOf(vendor, "eu-west-1")), "TopicArn"],
    ["a policy that is none", () => setPolicy("{"), "Policy Error"],
    ["a policy over another service", () => setPolicy(allow("*", "sqs:SendMessage")), "out of service scope"],
    ["a policy over every action", () => setPolicy(allow("*", "sns:*")), "out of service scope"],
  ])("refuses %s as AWS does", async (_, work, text) => {
    await create();
    await expectError(work(), "InvalidParameter", text, 400);
  });

  const publishWith = (more: object) =>
    snsOf(vendor).send(new PublishCommand({ TopicArn: arn, Message: "m", ...more }));
  const subscribeTo = (Protocol: string, Endpoint: string) =>
    snsOf(vendor).send(new SubscribeCommand({ TopicArn: arn, Protocol, Endpoint }));
});

describe("who may publish", () => {
  test("the topic's own account, and nobody else by default", async () => {
    await create();
    await publish(snsOf(vendor));
    await expectError(publish(snsOf(customer)), "AuthorizationError", "no resource-based policy allows", 403);
    await expectError(publish(snsOf(customer), `${arn}-no`), "AuthorizationError", "SNS:Publish", 403);
  });

  test("whoever the policy names, if their own policies allow it too", async () => {
    await create();
    await setPolicy(allow("*", "SNS:Publish"));
    await publish(snsOf(customer));
    await expectError(setPolicy(allow("*", "sns:Publish"), snsOf(customer)), "AuthorizationError");
    const bare = await sessionWith(policyOf({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
    await expectError(publish(bare), "AuthorizationError", "no identity-based policy allows the SNS:Publish action");
  });

  test("a launcher that may publish to this topic alone", async () => {
    await create();
    await create("other");
    await setPolicy(allow({ AWS: customer }, "sns:Publish"));
    const launcher = await sessionWith(policyOf({ Effect: "Allow", Action: "sns:Publish", Resource: arn }));
    await publish(launcher);
    await expectError(publish(launcher, arn.replace("phone-home", "other")), "AuthorizationError");
  });

  test("conditions count, and a Deny beats the owner", async () => {
    await create();
    await setPolicy(
      allow("*", "sns:Publish", { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-abcdefghij" } } }),
    );
    await expectError(publish(snsOf(customer)), "AuthorizationError");
    sandbox.setOrganization({ accountId: customer, organizationId: "o-abcdefghij" });
    await publish(snsOf(customer));
    await setPolicy(policyOf({ Effect: "Deny", Principal: "*", Action: "sns:Publish", Resource: arn }));
    await expectError(publish(snsOf(vendor)), "AuthorizationError", "explicit deny in a resource-based policy");
  });

  test("subscribing can be kept to one endpoint", async () => {
    await create();
    const Condition = { StringLike: { "sns:Endpoint": "http://127.0.0.1:1/*" } };
    await setPolicy(allow("*", "sns:Subscribe", { Condition }));
    const subscribe = (Endpoint: string) =>
      snsOf(customer).send(new SubscribeCommand({ TopicArn: arn, Protocol: "http", Endpoint }));
    await subscribe("http://127.0.0.1:1/sns");
    await expectError(subscribe("http://127.0.0.1:2/sns"), "AuthorizationError");
  });
});

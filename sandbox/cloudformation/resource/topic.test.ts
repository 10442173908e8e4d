import { DeleteStackCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { GetTopicAttributesCommand, ListTopicsCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../server";
import { administratorOf, expectError } from "../../testing/clients";
import { clients, launch } from "../../testing/cloudformation";
import { startEndpoint } from "../../testing/endpoint";

const vendor = "123456789012";
const TopicArn = `arn:aws:sns:us-east-1:${vendor}:phone-home`;

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const template = (principal: string, endpoint: string) =>
  JSON.stringify({
    Resources: {
      Topic: {
        Type: "AWS::SNS::Topic",
        Properties: {
          TopicName: "phone-home",
          SignatureVersion: "2",
          Subscription: [{ Protocol: "http", Endpoint: endpoint }],
        },
      },
      Policy: {
        Type: "AWS::SNS::TopicPolicy",
        Properties: {
          Topics: [{ Ref: "Topic" }],
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Principal: principal, Action: "sns:Publish", Resource: { Ref: "Topic" } }],
          },
        },
      },
    },
    Outputs: { Name: { Value: { "Fn::GetAtt": ["Topic", "TopicName"] } }, Arn: { Value: { Ref: "Topic" } } },
  });

test("a stack makes a topic with a subscriber and lets others publish, until it goes", async () => {
  const endpoint = await startEndpoint();
  const { cloudformation } = clients(sandbox.url, vendor);
  const sns = new SNSClient(administratorOf(vendor, sandbox.url));
  const publish = (account: string) =>
    new SNSClient(administratorOf(account, sandbox.url)).send(new PublishCommand({ TopicArn, Message: "hello" }));
  const stack = await launch(cloudformation, "phone-home", template("*", endpoint.url));
  expect(stack.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual(["phone-home", TopicArn]);
  expect((await endpoint.next()).message).toMatchObject({ Type: "SubscriptionConfirmation", SignatureVersion: "2" });
  await publish("111122223333");

  const TemplateBody = template("*", endpoint.url).replace('"*"', '{ "AWS": "444455556666" }');
  await cloudformation.send(new UpdateStackCommand({ StackName: "phone-home", TemplateBody }));
  await expectError(publish("111122223333"), "AuthorizationError");
  await publish("444455556666");
  const again = await launch(cloudformation, "again", template("*", endpoint.url));
  expect(again.StackStatus).toBe("ROLLBACK_COMPLETE");
  await sns.send(new GetTopicAttributesCommand({ TopicArn }));

  await cloudformation.send(new DeleteStackCommand({ StackName: "phone-home" }));
  expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
  await endpoint.close();
});

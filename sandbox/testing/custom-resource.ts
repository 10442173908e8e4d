import { type CloudFormationClient, DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { administratorOf, policyOf } from "./clients";
import { type Endpoint, startEndpoint } from "./endpoint";

export const VENDOR = "123456789012";
export const TOPIC = `arn:aws:sns:us-east-1:${VENDOR}:phone-home`;

/** What a provider is asked. */
export interface ProviderRequest {
  RequestType: "Create" | "Update" | "Delete";
  ResponseURL: string;
  StackId: string;
  RequestId: string;
  LogicalResourceId: string;
  ResourceType: string;
  PhysicalResourceId?: string;
  ServiceToken: string;
  ResourceProperties: Record<string, unknown>;
  OldResourceProperties?: Record<string, unknown>;
}

/** A vendor's topic that everybody may publish to, and who listens to it. */
export async function startProvider(url: string) {
  const endpoint: Endpoint = await startEndpoint();
  const sns = new SNSClient(administratorOf(VENDOR, url));
  await sns.send(new CreateTopicCommand({ Name: "phone-home" }));
  const open = policyOf({ Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: TOPIC });
  await sns.send(new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: "Policy", AttributeValue: open }));
  await sns.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: "http", Endpoint: endpoint.url }));
  await fetch((await endpoint.next()).message.SubscribeURL ?? "");
  const next = async () => JSON.parse((await endpoint.next()).message.Message) as ProviderRequest;
  return {
    next,
    /** Takes the next request and answers it. */
    async settle(physicalId: string, more: object = {}): Promise<ProviderRequest> {
      const request = await next();
      await respond(request, { PhysicalResourceId: physicalId, ...more });
      return request;
    },
    count: endpoint.count,
    close: endpoint.close,
  };
}

export type Provider = Awaited<ReturnType<typeof startProvider>>;

export function respond(request: ProviderRequest, response: object): Promise<Response> {
  const { StackId, RequestId, LogicalResourceId } = request;
  const body = JSON.stringify({ Status: "SUCCESS", StackId, RequestId, LogicalResourceId, ...response });
  return fetch(request.ResponseURL, { method: "PUT", body });
}

/** The stack when nothing goes on with it any more. */
export async function whenSettled(client: CloudFormationClient, stackId: string): Promise<Stack> {
  for (let asked = 0; asked < 500; asked += 1) {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackId }));
    if (Stacks[0] && !Stacks[0].StackStatus?.endsWith("_IN_PROGRESS")) return Stacks[0];
  }
  throw new Error(`${stackId} does not come to an end`);
}

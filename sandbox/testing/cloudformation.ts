import {
  CloudFormationClient,
  CreateStackCommand,
  type CreateStackCommandInput,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { administratorOf } from "./clients";

export function clients(endpoint: string, account = "111122223333", region = "us-east-1") {
  const options = { ...administratorOf(account, endpoint, region), maxAttempts: 1 };
  return {
    cloudformation: new CloudFormationClient(options),
    iam: new IAMClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
  };
}

export async function describeOne(client: CloudFormationClient, StackName: string): Promise<Stack> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  const [stack] = Stacks;
  if (!stack) throw new Error(`No stack ${StackName}`);
  return stack;
}

/** Creates a stack from a template and answers its final description. */
export async function launch(
  client: CloudFormationClient,
  StackName: string,
  TemplateBody: string,
  parameters: Record<string, string> = {},
  more: Partial<CreateStackCommandInput> = {},
): Promise<Stack> {
  const { StackId = "" } = await client.send(
    new CreateStackCommand({
      StackName,
      TemplateBody,
      Parameters: parameterList(parameters),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      ...more,
    }),
  );
  return describeOne(client, StackId);
}

export function parameterList(parameters: Record<string, string>) {
  return Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

/** Events of a stack, oldest first, as `LogicalId STATUS` lines. */
export async function eventLines(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.toReversed().map(
    ({ LogicalResourceId, ResourceStatus }) => `${LogicalResourceId} ${ResourceStatus}`,
  );
}

export async function reasons(client: CloudFormationClient, StackName: string): Promise<string[]> {
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.flatMap(({ ResourceStatusReason }) => (ResourceStatusReason ? [ResourceStatusReason] : []));
}

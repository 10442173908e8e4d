import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import type { CrossAccountConfig } from "../config/config";
import { renderTemplate, stackParameters } from "../template";

/** Makes a stack of the config's template. How it ended, with AWS's reasons where that is not the end that was meant. */
export async function launchStack(url: string, config: CrossAccountConfig, region = "us-east-1") {
  const credentials = { accessKeyId: "AKIASANDBOX111122223333", secretAccessKey: "sandbox" };
  const client = new CloudFormationClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  const values = stackParameters(config, {
    region,
    externalId: `nimbus-${"0f".repeat(16)}`,
    roleName: "Nimbus-Role",
    setupPhase: true,
    setupExpiresAt: "2099-01-01T00:00:00Z",
  });
  const { StackId: StackName } = await client.send(
    new CreateStackCommand({
      StackName: "Nimbus",
      TemplateBody: renderTemplate(config),
      Parameters: Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
      Capabilities: ["CAPABILITY_NAMED_IAM"],
    }),
  );
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName }));
  client.destroy();
  const failed = StackEvents.filter(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED");
  return { status: Stacks?.[0]?.StackStatus, reasons: failed.map((event) => event.ResourceStatusReason) };
}

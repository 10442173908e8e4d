import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Parameter,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import type { CrossAccountConfig } from "../config/config";
import { defaultRoleName, renderTemplate, stackParameters } from "../template";
import { testConfig } from "./customer";
import { accountId, inSevenDays, type RoleToVerify } from "./run-verification";

export interface TestStack {
  url: string;
  externalId: string;
  config?: CrossAccountConfig;
  setupPhase?: boolean;
  permissionsBoundaryArn?: string;
}

const StackName = "acme";
const Capabilities = ["CAPABILITY_NAMED_IAM" as const];

/** A stack of the template itself. The sandbox has made it when it answers. */
export async function createCustomerStack(
  stack: TestStack,
): Promise<RoleToVerify & { dropSetup: () => Promise<void> }> {
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  const stacks = new CloudFormationClient({ endpoint: stack.url, region: "us-east-1", credentials });
  const { config = testConfig } = stack;
  const values = stackParameters(config, {
    region: "us-east-1",
    externalId: stack.externalId,
    roleName: defaultRoleName(config),
    setupPhase: stack.setupPhase ?? true,
    setupExpiresAt: inSevenDays(),
    permissionsBoundaryArn: stack.permissionsBoundaryArn,
  });
  const Parameters: Parameter[] = Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  await stacks.send(
    new CreateStackCommand({ StackName, Capabilities, TemplateBody: renderTemplate(config), Parameters }),
  );
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
  const roleArn = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "RoleArn")?.OutputValue;
  if (!roleArn) throw new Error(`the stack is ${Stacks?.[0]?.StackStatus}: ${Stacks?.[0]?.StackStatusReason}`);
  const dropSetup = async () => {
    const kept = Parameters.map(({ ParameterKey }) =>
      ParameterKey === "SetupPhase"
        ? { ParameterKey, ParameterValue: "false" }
        : { ParameterKey, UsePreviousValue: true },
    );
    await stacks.send(new UpdateStackCommand({ StackName, Capabilities, UsePreviousTemplate: true, Parameters: kept }));
  };
  return { roleArn, externalId: stack.externalId, dropSetup };
}

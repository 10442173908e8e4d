import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Parameter,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { CrossAccountConfig } from "../config/config";
import { uploadTemplate } from "../launch/upload-template";
import { defaultRoleName, renderTemplate, stackParameters } from "../template";
import { testConfig } from "./customer";
import { accountId, inSevenDays, type RoleToVerify } from "./run-verification";

export interface TestStack {
  url: string;
  externalId: string;
  config?: CrossAccountConfig;
  setupPhase?: boolean;
  permissionsBoundaryArn?: string;
  features?: readonly string[];
}

const StackName = "acme";
const Capabilities = ["CAPABILITY_NAMED_IAM" as const];

/** By address, as a launch link does: CloudFormation takes longer templates from S3 than with a request. The bucket is the customer's here. */
async function putTemplate(endpoint: string, config: CrossAccountConfig): Promise<string> {
  const { templateS3Bucket: bucket, serviceName } = config;
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  const s3 = new S3Client({ endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  return uploadTemplate({ s3, bucket, serviceName, template: renderTemplate(config), endpoint });
}

/** A stack of the template itself. The sandbox has made it when it answers. */
export async function createCustomerStack(
  stack: TestStack,
): Promise<
  RoleToVerify & { dropSetup: () => Promise<void>; update: (change: Record<string, string>) => Promise<void> }
> {
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
    features: stack.features,
  });
  const Parameters: Parameter[] = Object.entries(values).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  const TemplateURL = await putTemplate(stack.url, config);
  await stacks.send(new CreateStackCommand({ StackName, Capabilities, TemplateURL, Parameters }));
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName }));
  const roleArn = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "RoleArn")?.OutputValue;
  if (!roleArn) throw new Error(`the stack is ${Stacks?.[0]?.StackStatus}: ${Stacks?.[0]?.StackStatusReason}`);
  const update = async (change: Record<string, string>) => {
    const kept = Parameters.map(({ ParameterKey = "" }) => {
      const ParameterValue = change[ParameterKey];
      return ParameterValue === undefined ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue };
    });
    await stacks.send(new UpdateStackCommand({ StackName, Capabilities, UsePreviousTemplate: true, Parameters: kept }));
  };
  return { roleArn, externalId: stack.externalId, update, dropSetup: () => update({ SetupPhase: "false" }) };
}

import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { IAMClient } from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketPolicyCommand, PutPublicAccessBlockCommand, S3Client } from "@aws-sdk/client-s3";
import { roleArnFor } from "../aws/role-arn";
import type { AwsCredentials } from "../aws/sts-clients";
import type { CrossAccountConfig } from "../config/config";
import { stackNames } from "../launch/stack-names";
import { uploadTemplate } from "../launch/upload-template";
import { renderTemplate, setupExpiry, stackParameters } from "../template";
import type { VerificationReport } from "../types";
import type { VerifyRequest } from "../verification/request";
import { verifyRole } from "../verification/verify";
import { testConfig } from "./customer";
import type { TestAws } from "./role-table/row";
import { accountId, createTestTime, dependenciesOf, newExternalId, requestFor, vendor } from "./run-verification";

const region = "us-east-1";
const Capabilities = ["CAPABILITY_NAMED_IAM" as const];
const administrator = (account: string) => ({ accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" });

/** A customer's account and the vendor's, with the template where AWS reads it, as they are before anybody launches a stack. */
export async function customerWorld(sandbox: TestAws) {
  const access = { endpoint: sandbox.url, region, credentials: administrator(accountId) };
  const stacks = new CloudFormationClient({ ...access, maxAttempts: 1 });
  const iam = new IAMClient({ ...access, maxAttempts: 1 });
  const s3 = new S3Client({ endpoint: sandbox.url, region, credentials: administrator(vendor), forcePathStyle: true });
  const Bucket = testConfig.templateS3Bucket;
  await s3.send(new CreateBucketCommand({ Bucket }));
  const open = { BlockPublicPolicy: false, RestrictPublicBuckets: false };
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: open }));
  const readable = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Bucket}/*` };
  await s3.send(
    new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [readable] }) }),
  );
  const publish = (config: CrossAccountConfig) =>
    uploadTemplate({
      s3,
      bucket: Bucket,
      serviceName: config.serviceName,
      template: renderTemplate(config),
      endpoint: sandbox.url,
    });
  const time = createTestTime();
  const externalId = newExternalId();
  const { stackName, roleName } = stackNames(testConfig, "connection-1");
  const roleArn = roleArnFor(testConfig, { partition: "aws", accountId, roleName });

  /** Makes the stack as the launch link asks for, but for what the customer changed in the form. */
  async function launch(
    changed: Record<string, string> = {},
    name = stackName,
    config = testConfig,
  ): Promise<string | undefined> {
    const parameters: Record<string, string> = {
      ...stackParameters(config, {
        region,
        externalId,
        roleName,
        setupPhase: true,
        setupExpiresAt: setupExpiry(config, time.clock()),
      }),
      ...changed,
    };
    await stacks.send(
      new CreateStackCommand({
        StackName: name,
        Capabilities,
        TemplateURL: await publish(config),
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
      }),
    );
    const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks?.[0]?.StackStatus;
  }

  async function verify(
    change: Partial<VerifyRequest> = {},
    options: { config?: CrossAccountConfig | undefined; credentials?: AwsCredentials | undefined } = {},
  ): Promise<VerificationReport> {
    const { config = testConfig, credentials = administrator(vendor) } = options;
    const templateUrl = await publish(config);
    const dependencies = {
      ...dependenciesOf(sandbox.url, time, credentials, config),
      templateUrl: () => templateUrl,
      consoleUrl: `${sandbox.url}/console`,
    };
    return verifyRole(dependencies, requestFor({ roleArn, externalId }, change));
  }

  return { sandbox, stacks, iam, time, externalId, stackName, roleName, roleArn, launch, verify, publish };
}

export type CustomerWorld = Awaited<ReturnType<typeof customerWorld>>;

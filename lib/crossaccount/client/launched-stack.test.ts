import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Parameter,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { testConfig } from "../testing/customer";
import { createCrossAccountClient } from "./client";

const customerId = "customer-1";
const region = "eu-west-1";
const credentialsOf = (account: string) => ({ accessKeyId: `AKIASANDBOX${account}`, secretAccessKey: "sandbox" });

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
  const vendor = { endpoint: sandbox.url, region: "us-east-1", credentials: credentialsOf("123456789012") };
  await new S3Client({ ...vendor, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: testConfig.templateS3Bucket }),
  );
});
afterAll(() => sandbox.close());

test("a stack made from the launch link is proven, and drops its setup permissions by an update", async () => {
  const aws = { endpoint: sandbox.url, credentials: credentialsOf("123456789012") };
  const client = createCrossAccountClient(testConfig, { aws, consoleUrl: `${sandbox.url}/console` });
  const link = await client.generateIntegrationUrl({ customerId, region });
  const { connectionId, stackName } = link;
  const query = new URLSearchParams(new URL(link.launchUrl).hash.split("?")[1]);
  const parameters: Parameter[] = [...query]
    .filter(([name]) => name.startsWith("param_"))
    .map(([name, ParameterValue]) => ({ ParameterKey: name.slice("param_".length), ParameterValue }));

  const stacks = new CloudFormationClient({
    endpoint: sandbox.url,
    region,
    credentials: credentialsOf("111122223333"),
  });
  const stack = { StackName: stackName, Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
  const waiting = { client: stacks, maxWaitTime: 20, minDelay: 1, maxDelay: 1 };
  const TemplateBody = client.generateCloudFormationTemplate();
  await stacks.send(new CreateStackCommand({ ...stack, TemplateBody, Parameters: parameters }));
  await waitUntilStackCreateComplete(waiting, { StackName: stackName });
  const { Stacks } = await stacks.send(new DescribeStacksCommand({ StackName: stackName }));
  const roleArn = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === "RoleArn")?.OutputValue ?? "";
  expect(roleArn).toContain(link.roleName);

  const first = await client.verifyIntegration({ customerId, connectionId, roleArn });
  expect(first.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(first).toMatchObject({ outcome: "proven", setupPermissions: "present" });
  expect(Date.parse(first.setupExpiresAt ?? "")).toBe(Date.parse(link.setupExpiresAt));
  const stored = await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report: first });
  expect(stored.status).toBe("setup");

  const Parameters = parameters.map(({ ParameterKey }) =>
    ParameterKey === "SetupPhase"
      ? { ParameterKey, ParameterValue: "false" }
      : { ParameterKey, UsePreviousValue: true },
  );
  await stacks.send(new UpdateStackCommand({ ...stack, UsePreviousTemplate: true, Parameters }));
  await waitUntilStackUpdateComplete(waiting, { StackName: stackName });
  const second = await client.verifyIntegration({ customerId, connectionId, expectSetup: "gone" });
  expect(second).toMatchObject({ outcome: "proven", setupPermissions: "gone", roleId: first.roleId });
  expect((await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report: second })).status).toBe(
    "active",
  );
});

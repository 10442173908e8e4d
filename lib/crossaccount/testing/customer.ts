import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { partitionOfRegion } from "../aws/partition";
import { roleArnFor, rolePath } from "../aws/role-arn";
import { type CrossAccountConfig, parseConfig } from "../config/config";
import type { Permission } from "../grants/permission";
import { expectedPolicies, expectedTrustPolicy, templateVersion } from "../template";

const read: Permission = {
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:DescribeInstances", "s3:ListAllMyBuckets"],
  resources: ["*"],
  why: "To see.",
  risk: "low",
};
const make: Permission = { ...read, sid: "Make", actions: ["ec2:CreateVpc", "ec2:CreateSubnet"], why: "To set up." };

export const testConfigInput = {
  serviceName: "acme",
  serviceAccountId: "123456789012",
  templateS3Bucket: "acme-templates",
  ongoingPermissions: [read],
  setupPermissions: [make],
  branding: { productName: "Acme", supportEmail: "support@acme.example" },
};

export const testConfig: CrossAccountConfig = parseConfig(testConfigInput);

/** The customer's side: what a stack would make, and what an admin may do to it. */
export interface TestCustomer {
  iam: IAMClient;
  roleName: string;
  roleArn: string;
  externalId: string;
}

export interface TestRole {
  url: string;
  accountId: string;
  externalId: string;
  /** Instead of the template's. */
  trustPolicy?: object;
  /** When setup permissions expire; none are attached without it. */
  setupExpiresAt?: string;
  /** Statement ids to leave out, as an edited policy would. */
  without?: readonly string[];
  permissionsBoundary?: object;
  /** Instead of the template's, which names its version. */
  description?: string;
  /** Seconds; the template's unless given. */
  maxSessionDuration?: number;
  config?: CrossAccountConfig;
  region?: string;
}

/** Makes the role and its policies in the sandbox, as the template does. */
export async function createCustomerRole(role: TestRole): Promise<TestCustomer> {
  const { url, accountId, externalId, without = [], config = testConfig, region = "us-east-1" } = role;
  const iam = administratorIam(url, accountId, region);
  const partition = partitionOfRegion(region) ?? "aws";
  const facts = { partition, accountId, roleName: "acme-CrossAccountRole" } as const;
  const trust = role.trustPolicy ?? expectedTrustPolicy(config, { partition, externalId });
  await iam.send(
    new CreateRoleCommand({
      RoleName: facts.roleName,
      Path: rolePath(config),
      Description: role.description ?? `Lets ${config.serviceName} in; template version ${templateVersion(config)}`,
      MaxSessionDuration: role.maxSessionDuration ?? Math.max(3_600, config.sessionDuration),
      AssumeRolePolicyDocument: JSON.stringify(trust),
      PermissionsBoundary: role.permissionsBoundary && (await createPolicy(iam, "Boundary", role.permissionsBoundary)),
    }),
  );
  const { ongoing, setup } = expectedPolicies(config, { ...facts, setupExpiresAt: role.setupExpiresAt });
  for (const { name, document } of role.setupExpiresAt ? [...ongoing, ...setup] : ongoing) {
    const Statement = document.Statement.filter(({ Sid }) => !without.includes(Sid));
    const PolicyArn = await createPolicy(iam, name, { ...document, Statement });
    await iam.send(new AttachRolePolicyCommand({ RoleName: facts.roleName, PolicyArn }));
  }
  return { iam, externalId, roleName: facts.roleName, roleArn: roleArnFor(config, facts) };
}

export async function putInlinePolicy({ iam, roleName }: TestCustomer, name: string, statement: object): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: name, PolicyDocument }));
}

export function administratorIam(url: string, accountId: string, region: string): IAMClient {
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  return new IAMClient({ endpoint: url, region, credentials });
}

export async function createPolicy(iam: IAMClient, name: string, document: object, path = "/acme/"): Promise<string> {
  const command = new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: JSON.stringify(document) });
  return (await iam.send(command)).Policy?.Arn ?? "";
}

import {
  AttachRolePolicyCommand,
  CreatePolicyVersionCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, ListObjectsV2Command, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { parseConfig } from "../../config/config";
import { createPolicy, putInlinePolicy, type TestCustomer, testConfigInput } from "../customer";
import { createCustomerStack } from "../customer-stack";
import { accountId, inSevenDays } from "../run-verification";
import { guide, organizations, type RoleRow, type RoleWorld } from "./row";

const boundaries = guide("access_policies_boundaries");
const logic = guide("reference_policies_evaluation-logic");
const leastPrivilege = guide("best-practices");
const dates = guide("reference_policies_examples_aws-dates");
const scps = organizations("orgs_manage_policies_scps");

const active = { status: "active", outcome: "proven" } as const;
const setup = { status: "setup", outcome: "proven" } as const;
const degraded = { status: "degraded", outcome: "proven" } as const;

const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
const allow = (Action: string | string[], more: object = {}) => ({ Effect: "Allow", Action, Resource: "*", ...more });
const foreign = document(allow("s3:GetObject"));
const everything = document(allow("*"));

async function attach({ iam, roleName }: TestCustomer, PolicyArn: string): Promise<void> {
  await iam.send(new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn }));
}

/** Makes a correct role, then does something to it. */
const made = (change: (customer: TestCustomer, world: RoleWorld) => Promise<unknown>) => async (world: RoleWorld) => {
  const customer = await world.make();
  await change(customer, world);
  return customer;
};

/** Replaces the default version of the template's own policy. */
const edited = (statements: object[]) =>
  made(async ({ iam, roleName }) => {
    const PolicyArn = `arn:aws:iam::${accountId}:policy/acme/${roleName}-Ongoing`;
    const own = [
      allow(
        [
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:ListAttachedRolePolicies",
          "iam:ListRolePolicies",
          "iam:SimulatePrincipalPolicy",
        ],
        {
          Resource: `arn:aws:iam::${accountId}:role/acme/${roleName}`,
        },
      ),
      allow(["iam:GetPolicy", "iam:GetPolicyVersion"], {
        Resource: [`arn:aws:iam::${accountId}:policy/acme/*`, "arn:aws:iam::aws:policy/*"],
      }),
    ];
    const PolicyDocument = JSON.stringify(document(...own, ...statements));
    await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  });

/** A boundary that the role may not read, because it is the organization's and not under the template's path. */
const bounded = (boundary: object) =>
  made(async ({ iam, roleName }) => {
    const PermissionsBoundary = await createPolicy(iam, "OrganizationBoundary", boundary, "/");
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: roleName, PermissionsBoundary }));
  });

const serviceControl =
  (...statements: object[]) =>
  (world: RoleWorld) => {
    world.sandbox.setOrganization({ accountId, serviceControlPolicies: [document(allow("*"), ...statements)] });
    return world.make();
  };

const needed = ["ec2:DescribeInstances", "s3:ListAllMyBuckets"];

const correct: RoleRow[] = [
  {
    name: "stack of the template, during setup",
    source: dates,
    arrange: ({ sandbox, externalId }) => createCustomerStack({ url: sandbox.url, externalId }),
    ...setup,
  },
  {
    name: "stack of the template without setup",
    source: dates,
    arrange: ({ sandbox, externalId }) => createCustomerStack({ url: sandbox.url, externalId, setupPhase: false }),
    request: { expectSetup: "gone" },
    ...active,
  },
  {
    name: "stack whose setup permissions were dropped by an update",
    source: dates,
    arrange: async ({ sandbox, externalId }) => {
      const stack = await createCustomerStack({ url: sandbox.url, externalId });
      await stack.dropSetup();
      return stack;
    },
    request: { expectSetup: "gone" },
    ...active,
  },
  {
    name: "stack under a boundary that permits",
    source: boundaries,
    arrange: ({ sandbox, externalId }) => {
      const permissionsBoundaryArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      return createCustomerStack({ url: sandbox.url, externalId, setupPhase: false, permissionsBoundaryArn });
    },
    ...active,
  },
  {
    name: "a boundary that permits",
    source: boundaries,
    arrange: (world) => world.make({ permissionsBoundary: everything }),
    ...active,
  },
  { name: "a boundary that permits and cannot be read", source: boundaries, arrange: bounded(everything), ...active },
  {
    name: "setup expired by itself",
    source: dates,
    arrange: (world) => world.make({ setupExpiresAt: "2026-01-01T00:00:00Z" }),
    request: { expectSetup: "gone" },
    ...active,
  },
  {
    name: "sessions that were revoked in the console",
    source: guide("id_roles_use_revoke-sessions"),
    arrange: made((customer) =>
      putInlinePolicy(customer, "AWSRevokeOlderSessions", {
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" } },
      }),
    ),
    ...active,
  },
  {
    name: "a service control policy that leaves the connection's Region",
    source: scps,
    arrange: serviceControl({
      Effect: "Deny",
      NotAction: ["iam:*", "sts:*"],
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } },
    }),
    ...active,
  },
  {
    name: "granted more narrowly in several statements",
    source: logic,
    arrange: edited(needed.map((action) => allow(action))),
    ...active,
  },
  {
    name: "a Deny for what the vendor does not need",
    source: logic,
    arrange: made((customer) =>
      putInlinePolicy(customer, "NoSecrets", { Effect: "Deny", Action: "secretsmanager:*", Resource: "*" }),
    ),
    ...active,
  },
];

const lacking: RoleRow[] = [
  {
    name: "missing action",
    source: logic,
    arrange: edited([allow("ec2:DescribeInstances")]),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "missing-permission",
  },
  {
    name: "missing resource",
    source: guide("reference_policies_elements_resource"),
    arrange: edited([allow(needed, { Resource: "arn:aws:ec2:us-east-1:*:instance/*" })]),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "missing-permission",
  },
  {
    name: "granted under a further condition",
    source: guide("reference_policies_elements_condition"),
    arrange: edited([allow(needed, { Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } })]),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "missing-permission",
  },
  {
    name: "Deny in an inline policy",
    source: logic,
    arrange: made((customer) => putInlinePolicy(customer, "No", { Effect: "Deny", Action: "s3:*", Resource: "*" })),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "explicit-deny",
  },
  {
    name: "a boundary that leaves something out",
    source: boundaries,
    arrange: (world) => world.make({ permissionsBoundary: document(allow(["iam:*", "ec2:*"])) }),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "permissions-boundary",
  },
  {
    name: "a boundary that leaves something out and cannot be read",
    source: boundaries,
    arrange: bounded(document(allow(["iam:*", "ec2:*"]))),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "permissions-boundary",
  },
  {
    name: "a service control policy",
    source: scps,
    arrange: serviceControl({ Effect: "Deny", Action: "s3:*", Resource: "*" }),
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "service-control-policy",
  },
];

const beyond: RoleRow[] = [
  {
    name: "AdministratorAccess",
    source: leastPrivilege,
    arrange: made((customer) => attach(customer, "arn:aws:iam::aws:policy/AdministratorAccess")),
    request: { expectSetup: "gone" },
    ...degraded,
    checks: { "excess-permissions": "failed", "setup-permissions": "failed" },
  },
  {
    name: "another policy by AWS",
    source: leastPrivilege,
    arrange: made((customer) => attach(customer, "arn:aws:iam::aws:policy/SecurityAudit")),
    ...degraded,
    checks: { "excess-permissions": "failed" },
  },
  {
    name: "inline policy besides",
    source: leastPrivilege,
    arrange: made((customer) => putInlinePolicy(customer, "More", allow("s3:GetObject"))),
    ...degraded,
    checks: { "excess-permissions": "failed" },
  },
  {
    name: "inline policy that is named by the external ID",
    source: leastPrivilege,
    arrange: made((customer) => putInlinePolicy(customer, customer.externalId, allow("s3:GetObject"))),
    ...degraded,
    checks: { "excess-permissions": "failed" },
  },
  {
    name: "widened statement",
    source: leastPrivilege,
    arrange: edited([allow([...needed, "ec2:Describe*"])]),
    ...degraded,
    checks: { "excess-permissions": "failed" },
  },
  {
    name: "everything but something (NotAction)",
    source: guide("reference_policies_elements_notaction"),
    arrange: made((customer) =>
      putInlinePolicy(customer, "Most", { Effect: "Allow", NotAction: ["iam:*", "ec2:Create*"], Resource: "*" }),
    ),
    ...degraded,
    checks: { "excess-permissions": "failed" },
  },
  {
    name: "setup permissions without an end",
    source: dates,
    arrange: made((customer) => putInlinePolicy(customer, "Setup", allow(["ec2:CreateVpc", "ec2:CreateSubnet"]))),
    ...degraded,
    checks: { "setup-permissions": "warning", "excess-permissions": "failed" },
  },
  {
    name: "setup permissions that end later than the link asked",
    source: dates,
    arrange: (world) => world.make({ setupExpiresAt: "2099-01-01T00:00:00Z" }),
    ...setup,
    checks: { "setup-permissions": "warning" },
  },
  {
    name: "a policy that the role may not read",
    source: leastPrivilege,
    arrange: made(async (customer) => attach(customer, await createPolicy(customer.iam, "Foreign", foreign, "/"))),
    ...setup,
    checks: { "setup-permissions": "warning", "excess-permissions": "warning" },
  },
  {
    name: "lingering setup",
    source: dates,
    arrange: (world) => world.make({ setupExpiresAt: inSevenDays() }),
    request: { expectSetup: "gone" },
    ...setup,
    checks: { "setup-permissions": "failed" },
  },
];

const bucket = "acme-reports";
const s3 = (settings: object) =>
  new S3Client({ region: "us-east-1", forcePathStyle: true, maxAttempts: 1, ...settings });
const probing = parseConfig({
  ...testConfigInput,
  ongoingPermissions: [
    {
      sid: "Reports",
      effect: "Allow",
      actions: ["s3:ListBucket"],
      resources: [`arn:aws:s3:::${bucket}`],
      why: "To see.",
      risk: "low",
      probe: {
        action: "s3:ListBucket",
        call: ({ signal, ...session }: { signal: AbortSignal }) =>
          s3(session).send(new ListObjectsV2Command({ Bucket: bucket }), { abortSignal: signal }),
      },
    },
  ],
});

async function makeBucket({ sandbox }: RoleWorld, policy?: object): Promise<void> {
  const credentials = { accessKeyId: `AKIASANDBOX${accountId}`, secretAccessKey: "sandbox" };
  const client = s3({ endpoint: sandbox.url, credentials });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  if (policy) await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
}

const reallyCalled: RoleRow[] = [
  {
    name: "a declared call that works",
    source: guide("access_policies_testing-policies"),
    arrange: made((_customer, world) => makeBucket(world)),
    config: probing,
    ...active,
  },
  {
    name: "a declared call that the bucket's policy refuses, where reading and simulation see nothing",
    source: guide("access_policies_testing-policies"),
    arrange: made((_customer, world) =>
      makeBucket(
        world,
        document({
          Effect: "Deny",
          Principal: "*",
          Action: "s3:ListBucket",
          Resource: `arn:aws:s3:::${bucket}`,
          Condition: { ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${accountId}:role/acme/*` } },
        }),
      ),
    ),
    config: probing,
    ...degraded,
    checks: { "ongoing-permissions": "failed" },
    cause: "resource-policy",
  },
];

export const permissionRows: readonly RoleRow[] = [...correct, ...lacking, ...beyond, ...reallyCalled];

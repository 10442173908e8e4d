import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { parseConfig } from "../config/config";
import { createCustomerStack } from "../testing/customer-stack";
import { createTestTime, newExternalId, verifyAt } from "../testing/run-verification";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Part = Record<string, unknown>;
const why = "Because.";
const allow = (sid: string, actions: string[], resources = ["*"], more: Part = {}): Part => ({
  ...{ sid, effect: "Allow", actions, resources, why, risk: "low", broad: why },
  ...more,
});
const deny = (sid: string, actions: string[], resources = ["*"], condition?: Part, more: Part = {}): Part => ({
  ...allow(sid, actions, resources),
  effect: "Deny",
  broad: undefined,
  ...(condition && { condition }),
  ...more,
});
const allBut = (...notResources: string[]): Part => ({ resources: undefined, notResources });
const bound = (sid: string, effect: string, scope: Part): Part => ({ sid, effect, why, risk: "low", ...scope });
const byAws = (name: string): Part => ({ arn: `arn:aws:iam::aws:policy/${name}`, why, risk: "low" });
const feature = (id: string, grants: Part): Part => ({ id, title: id, why, default: false, ...grants });

const readers = [
  ...["acm", "autoscaling", "cloudformation", "cloudfront", "cloudtrail", "cloudwatch", "codebuild", "dynamodb", "ec2"],
  ...["ecr", "ecs", "eks", "elasticache", "elasticloadbalancing", "events", "glue", "guardduty", "kinesis", "lambda"],
  ...["logs", "rds", "redshift", "route53", "s3", "secretsmanager", "securityhub", "sns", "sqs", "ssm", "wafv2"],
];
const everyReading = readers.flatMap((service) => [`${service}:Describe*`, `${service}:List*`]);
/** As long as the lists of those who watch everything: each call by its name. */
const namedReading = Array.from({ length: 800 }, (_, index) => {
  const service = readers[index % readers.length];
  return `${service}:Describe${String.fromCharCode(65 + (index % 26))}Thing${index}`;
});
const outside = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] } };
const instances = "arn:aws:ec2:*:*:instance/*";

/** In the shapes of what vendors of many kinds ask for. */
const declarations: Record<string, Part> = {
  "a reader of everything by wildcards": { ongoingPermissions: [allow("Read", everyReading)] },
  "a reader of everything by 800 names": { ongoingPermissions: [allow("Read", namedReading)] },
  "an auditor by policies of AWS alone": {
    ongoingPermissions: [],
    ongoingManagedPolicies: [byAws("SecurityAudit"), byAws("job-function/ViewOnlyAccess")],
  },
  "a reader with AWS's policy, kept out of data": {
    ongoingPermissions: [deny("NoData", ["s3:GetObject", "dynamodb:GetItem", "secretsmanager:GetSecretValue"])],
    ongoingManagedPolicies: [byAws("ReadOnlyAccess")],
  },
  "guardrails by Region, transport and tag": {
    ongoingPermissions: [
      allow("Read", ["ec2:DescribeInstances", "s3:GetObject"]),
      deny("Regions", ["ec2:*"], ["*"], outside),
      deny("Transport", ["s3:*"], ["*"], { Bool: { "aws:SecureTransport": "false" } }),
      deny("Tagged", ["ec2:*"], [instances], { StringEquals: { "aws:ResourceTag/private": "true" } }),
    ],
  },
  "data in named buckets": {
    ongoingPermissions: [
      allow("List", ["s3:GetBucketLocation", "s3:ListBucket"], ["arn:aws:s3:::acme-*"]),
      allow("Objects", ["s3:GetObject", "s3:PutObject"], ["arn:aws:s3:::acme-*/data/*"]),
      allow("Key", ["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:*:*:key/*"], {
        condition: { StringLike: { "kms:ViaService": "s3.*.amazonaws.com" } },
      }),
      deny("Secrets", ["s3:*"], ["arn:aws:s3:::acme-secret", "arn:aws:s3:::acme-secret/*"]),
    ],
    setupPermissions: [allow("Bucket", ["s3:CreateBucket", "s3:PutEncryptionConfiguration"], ["arn:aws:s3:::acme-*"])],
  },
  "Kubernetes clusters": {
    ongoingPermissions: [
      allow("Clusters", ["eks:DescribeCluster", "eks:ListClusters", "eks:ListNodegroups", "eks:DescribeNodegroup"]),
      allow("Nodes", ["ec2:DescribeInstances", "autoscaling:DescribeAutoScalingGroups"]),
    ],
    setupPermissions: [allow("Entry", ["eks:CreateAccessEntry"], ["arn:aws:eks:*:*:cluster/*"])],
  },
  "cost reports": {
    ongoingPermissions: [
      allow("Costs", ["ce:GetCostAndUsage", "ce:GetCostForecast", "cur:DescribeReportDefinitions"]),
      allow("Reports", ["s3:GetObject"], ["arn:aws:s3:::acme-costs-*/*"]),
    ],
    setupPermissions: [
      allow("Report", ["cur:PutReportDefinition"], ["*"], {
        condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      }),
    ],
  },
  "backups of volumes": {
    ongoingPermissions: [
      allow("Find", ["ec2:DescribeVolumes", "ec2:DescribeSnapshots"]),
      allow("Make", ["ec2:CreateSnapshot"], ["arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*::snapshot/*"]),
      allow("Remove", ["ec2:DeleteSnapshot"], ["arn:aws:ec2:*::snapshot/*"], {
        condition: { StringEquals: { "aws:ResourceTag/made-by": "acme" } },
      }),
    ],
  },
  "a scheduler that stops and starts tagged machines": {
    ongoingPermissions: [
      allow("See", ["ec2:DescribeInstances", "ec2:DescribeTags"]),
      allow("Switch", ["ec2:StartInstances", "ec2:StopInstances"], [instances], {
        condition: { StringEquals: { "aws:ResourceTag/schedule": "acme" } },
      }),
    ],
  },
  "a policy of AWS for setup alone": {
    ongoingPermissions: [allow("Read", ["ec2:DescribeInstances"])],
    setupPermissions: [allow("Make", ["ec2:CreateVpc"])],
    setupManagedPolicies: [byAws("job-function/ViewOnlyAccess")],
  },
  "features of every kind": {
    ongoingPermissions: [allow("Read", ["ec2:DescribeInstances"])],
    features: [
      feature("Logs", { ongoingPermissions: [allow("ReadLogs", ["logs:FilterLogEvents"])] }),
      feature("Audit", { ongoingManagedPolicies: [byAws("SecurityAudit")] }),
      feature("Stream", {
        setupPermissions: [allow("MakeStream", ["kinesis:CreateStream"], ["arn:aws:kinesis:*:*:stream/acme-*"])],
        setupManagedPolicies: [byAws("job-function/ViewOnlyAccess")],
      }),
    ],
  },
  "all but some, of actions, of resources and of both": {
    ongoingPermissions: [
      allow("Own", [], ["arn:aws:s3:::acme-*", "arn:aws:s3:::acme-*/*"], {
        ...{ actions: undefined, notActions: ["s3:Delete*", "s3:PutBucketPolicy"] },
      }),
      allow("Others", ["s3:GetObject", "s3:ListBucket"], [], allBut("arn:aws:s3:::private", "arn:aws:s3:::private/*")),
      deny("Regions", [], ["*"], outside, { actions: undefined, notActions: ["iam:*", "sts:*", "s3:*"] }),
      deny("Writes", ["s3:PutObject"], [], undefined, allBut("arn:aws:s3:::acme-*/*")),
      deny("Keys", [], [], undefined, {
        ...{ actions: undefined, notActions: ["s3:*", "iam:*", "sts:*"] },
        ...allBut("arn:aws:kms:*:*:key/*"),
      }),
    ],
    setupPermissions: [
      allow("Install", [], ["arn:aws:sns:*:*:acme-*"], { actions: undefined, notActions: ["sns:Publish"] }),
      allow("Look", ["sns:ListTopics"], [], allBut("arn:aws:sns:*:*:private-*")),
    ],
  },
  "a boundary of its own, with permissions that reach over it": {
    ongoingPermissions: [
      allow("Read", ["ec2:Describe*", "s3:GetObject", "iam:ListRoles"]),
      allow("Tagged", ["ec2:StartInstances"], [instances], {
        condition: { StringEquals: { "aws:ResourceTag/schedule": "acme" } },
      }),
    ],
    setupPermissions: [allow("Make", ["ec2:CreateVpc", "s3:CreateBucket"])],
    features: [feature("Audit", { ongoingManagedPolicies: [byAws("SecurityAudit")] })],
    role: {
      path: "/partners/acme/",
      boundary: [
        bound("Most", "Allow", { notActions: ["iam:*", "kms:*"], resources: ["*"] }),
        bound("Roles", "Allow", { actions: ["iam:List*"], resources: ["*"] }),
        bound("Regions", "Deny", { actions: ["ec2:*"], resources: ["*"], condition: outside }),
        bound("Private", "Deny", { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::private/*"] }),
      ],
    },
  },
  "a boundary by AWS": {
    ongoingPermissions: [allow("Read", ["ec2:DescribeInstances", "s3:ListBucket"])],
    setupPermissions: [allow("Make", ["ec2:CreateVpc"])],
    role: { boundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
  },
  "conditions on numbers, dates, addresses and the account itself": {
    ongoingPermissions: [
      allow("Fresh", ["s3:GetObject"], ["*"], { condition: { NumericLessThan: { "s3:signatureAge": 600_000 } } }),
      allow("Few", ["s3:ListBucket"], ["*"], { condition: { NumericGreaterThan: { "s3:max-keys": 0 } } }),
      allow("Since", ["ec2:DescribeInstances"], ["*"], {
        condition: { DateGreaterThan: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" } },
      }),
      allow("From", ["ec2:DescribeVpcs"], ["*"], {
        condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
      }),
      allow("Inside", ["sqs:ReceiveMessage"], ["*"], {
        condition: { StringEquals: { "aws:ResourceAccount": `\${aws:PrincipalAccount}` } },
      }),
    ],
  },
  "a role with path, name and tags": {
    ongoingPermissions: [allow("Read", ["ec2:DescribeInstances"])],
    role: { path: "/partners/acme/", name: "AcmeReader", tags: { vendor: "acme" } },
  },
};

function configOf(declaration: Part) {
  return parseConfig({
    serviceName: "acme",
    serviceAccountId: "123456789012",
    templateS3Bucket: "acme-templates",
    branding: { productName: "Acme", supportEmail: "support@acme.example" },
    ...declaration,
  });
}

/** Nothing, everything: each way in which the features of a declaration are chosen. */
function choicesOf({ features = [] }: Part): [title: string, features: string[]][] {
  const ids = (features as { id: string }[]).map(({ id }) => id);
  const choices: string[][] = ids.length === 0 ? [[]] : [[], ...ids.map((id) => [id]), ids];
  return choices.map((chosen): [string, string[]] => [chosen.join(", ") || "no features", chosen]);
}

describe.each(Object.entries(declarations))("%s", (_name, declaration) => {
  test.each(choicesOf(declaration))(
    "makes a stack that verifies without a finding in each phase (%s)",
    async (_, features) => {
      const config = configOf(declaration);
      const stack = { url: sandbox.url, externalId: newExternalId(), config };
      const role = await createCustomerStack({ ...stack, features });
      const verify = verifyAt(sandbox.url, createTestTime(), config);
      const findings = async (expectSetup: "present" | "gone") =>
        (await verify(role, { expectSetup })).checks.filter(
          ({ status }) => status === "failed" || status === "warning",
        );
      expect(await findings("present")).toEqual([]);
      await role.dropSetup();
      expect(await findings("gone")).toEqual([]);
    },
  );
});

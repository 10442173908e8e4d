import { partitions } from "../regions/partition";
import type { ManagedPolicy } from "./entities";

const createdAt = "2015-02-06T18:39:46.000Z";

const readingActions = [
  "acm:Describe*",
  "acm:List*",
  "cloudformation:Describe*",
  "cloudformation:Get*",
  "cloudformation:List*",
  "cloudtrail:DescribeTrails",
  "cloudtrail:GetTrailStatus",
  "cloudtrail:LookupEvents",
  "cloudwatch:Describe*",
  "ec2:Describe*",
  "iam:GenerateCredentialReport",
  "iam:Get*",
  "iam:List*",
  "kms:Describe*",
  "kms:Get*",
  "kms:List*",
  "s3:GetBucket*",
  "s3:GetAccountPublicAccessBlock",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:ListAllMyBuckets",
  "s3:ListBucket",
  "sns:GetTopicAttributes",
  "sns:List*",
  "sqs:GetQueueAttributes",
  "sqs:ListQueues",
];

const everything = { Effect: "Allow", Action: "*", Resource: "*" };
const allow = (...actions: string[]) => ({ Effect: "Allow", Action: actions, Resource: "*" });

/**
 * Statements of those AWS-managed policies that customers commonly attach. AdministratorAccess, PowerUserAccess and
 * IAMReadOnlyAccess mean what AWS's do; the audit policies cover the services which the sandbox and the product touch.
 */
const statements: Record<string, { path: string; id: string; statements: object[] }> = {
  AdministratorAccess: { path: "/", id: "ANPAIWMBCKSKIEE64ZLYK", statements: [everything] },
  PowerUserAccess: {
    path: "/",
    id: "ANPAJYRXTHIB4FOVS3ZXS",
    statements: [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      allow(
        "account:GetAccountInformation",
        "account:GetPrimaryEmail",
        "account:ListRegions",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
        "iam:ListRoles",
        "organizations:DescribeOrganization",
      ),
    ],
  },
  ReadOnlyAccess: {
    path: "/",
    id: "ANPAILL3HVNFSB6DCOWYQ",
    statements: [allow(...readingActions, "kms:Describe*", "s3:Get*", "s3:List*")],
  },
  IAMReadOnlyAccess: {
    path: "/",
    id: "ANPAJKSO7NDY4T57MWDSQ",
    statements: [
      allow(
        "iam:GenerateCredentialReport",
        "iam:GenerateServiceLastAccessedDetails",
        "iam:Get*",
        "iam:List*",
        "iam:SimulateCustomPolicy",
        "iam:SimulatePrincipalPolicy",
      ),
    ],
  },
  SecurityAudit: { path: "/", id: "ANPAIX2T3QCXHR2OGGCTO", statements: [allow(...readingActions)] },
  ViewOnlyAccess: {
    path: "/job-function/",
    id: "ANPAID22R6XPJATWOFDK6",
    statements: [
      allow(
        "cloudformation:DescribeStacks",
        "cloudformation:List*",
        "ec2:Describe*",
        "iam:GetAccountSummary",
        "iam:List*",
        "kms:ListAliases",
        "kms:ListKeys",
        "s3:ListAllMyBuckets",
        "s3:ListBucket",
        "sns:List*",
        "sqs:ListQueues",
      ),
    ],
  },
};

/** A policy of AWS's own account, which is spelled `aws`; every partition has a copy. */
export function awsManagedPolicy(arn: string): ManagedPolicy | undefined {
  return all.get(arn);
}

export function awsManagedPolicies(partition: string): ManagedPolicy[] {
  return [...all.values()].filter((policy) => policy.arn.startsWith(`arn:${partition}:`));
}

const all = new Map(
  partitions.flatMap((partition) =>
    Object.entries(statements).map(([name, { path, id, statements: statement }]): [string, ManagedPolicy] => {
      const arn = `arn:${partition}:iam::aws:policy${path}${name}`;
      const document = JSON.stringify({ Version: "2012-10-17", Statement: statement });
      return [
        arn,
        {
          name,
          id,
          arn,
          path,
          createdAt,
          updatedAt: createdAt,
          defaultVersionId: "v1",
          lastVersion: 1,
          versions: [{ id: "v1", document, createdAt }],
          tags: [],
        },
      ];
    }),
  ),
);

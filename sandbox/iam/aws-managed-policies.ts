import { createHash } from "node:crypto";
import { partitions } from "../regions/partition";
import { awsManagedPolicyNames } from "./aws-managed-policy-names";
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
 * Statements of those AWS-managed policies that customers commonly attach; the others have no version whose text could be read. AdministratorAccess, PowerUserAccess and
 * IAMReadOnlyAccess mean what AWS's do; the audit policies cover the services which the sandbox and the product touch.
 */
const known: Record<string, { path: string; id: string; statements: object[] }> = {
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
    Object.entries(awsManagedPolicyNames).flatMap(([path, names]) =>
      names
        .trim()
        .split(/\s+/)
        .map((name): [string, ManagedPolicy] => {
          const policy = awsPolicy(`arn:${partition}:iam::aws:policy${path}${name}`, path, name);
          return [policy.arn, policy];
        }),
    ),
  ),
);

function awsPolicy(arn: string, path: string, name: string): ManagedPolicy {
  const text = known[name];
  return {
    name,
    id: text?.id ?? `ANPA${createHash("sha256").update(name).digest("hex").slice(0, 17).toUpperCase()}`,
    arn,
    path,
    createdAt,
    updatedAt: createdAt,
    defaultVersionId: "v1",
    lastVersion: 1,
    versions: text
      ? [{ id: "v1", document: JSON.stringify({ Version: "2012-10-17", Statement: text.statements }), createdAt }]
      : [],
    tags: [],
  };
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "@/sandbox/server";
import { configWarnings, parseConfig } from "../config/config";
import { launchStack } from "../testing/launch-stack";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Statement = Record<string, unknown>;
const allow = (actions: string[], resources = ["*"], condition?: Statement): Statement => ({
  effect: "Allow",
  actions,
  resources,
  ...(condition && { condition }),
});
const deny = (actions: string[], condition: Statement): Statement => ({
  effect: "Deny",
  actions,
  resources: ["*"],
  condition,
});

/** The end of a stack of these statements, and what was warned of. */
async function made(...statements: Statement[]) {
  const config = parseConfig({
    serviceName: "Nimbus",
    serviceAccountId: "123456789012",
    templateS3Bucket: "nimbus-templates",
    ongoingPermissions: statements.map((statement, index) => ({
      sid: `S${index}`,
      why: "Because.",
      risk: "low",
      broad: "Because.",
      ...statement,
    })),
    branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
  });
  return { ...(await launchStack(sandbox.url, config)), warnings: configWarnings(config) };
}

const complete = { status: "CREATE_COMPLETE", reasons: [], warnings: [] };

describe("the examples of the IAM User Guide are taken as they are", () => {
  test.each<[string, Statement]>([
    ["StringEquals with a tag", { StringEquals: { "aws:PrincipalTag/job-category": "iamuser-admin" } }],
    ["StringLike with nothing and a variable", { StringLike: { "s3:prefix": ["", "home/", `home/\${aws:userid}/*`] } }],
    ["a default of a variable", { StringEquals: { "s3:prefix": `\${aws:PrincipalTag/team, 'company-wide'}` } }],
    ["the characters themselves", { StringLike: { "s3:prefix": [`\${*}`, `\${?}x`, `\${$}5`, "$5", "{x}", "100 %"] } }],
    ["a number as text", { NumericLessThanEquals: { "s3:max-keys": "10" } }],
    ["numbers", { NumericGreaterThan: { "aws:MultiFactorAuthAge": [3600, -1, 0.5, "1e3"] } }],
    [
      "two dates",
      {
        DateGreaterThan: { "aws:CurrentTime": "2020-04-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2020-06-30T23:59:59Z" },
      },
    ],
    ["dates of other shapes", { DateLessThan: { "aws:CurrentTime": ["2030-01-31", "2030-01", "2030-01-31T12:00Z"] } }],
    ["a zone", { DateLessThan: { "aws:CurrentTime": ["2030-01-31T00:00:00.123+09:00", "2028-02-29T00:00:00-03:30"] } }],
    ["seconds as a date", { DateLessThan: { "aws:EpochTime": 1_767_225_600 } }],
    ["seconds as a number", { NumericLessThan: { "aws:EpochTime": "1767225600" } }],
    ["Bool", { Bool: { "aws:SecureTransport": "false" } }],
    ["BoolIfExists", { BoolIfExists: { "aws:MultiFactorAuthPresent": false } }],
    ["BinaryEquals", { BinaryEquals: { "kms:EncryptionContext:blob": "QmluYXJ5VmFsdWVJbkJhc2U2NA==" } }],
    ["addresses", { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:DB8:1234:5678::/64", "198.51.100.7"] } }],
    ["everywhere", { IpAddress: { "aws:SourceIp": ["0.0.0.0/0", "::/0", "::1"] } }],
    ["ArnEquals", { ArnEquals: { "ec2:SourceInstanceARN": "arn:aws:ec2:*:*:instance/instance-id" } }],
    ["ArnLike with a variable", { ArnLike: { "aws:SourceArn": `arn:aws:s3:::bucket/\${aws:userid}/*` } }],
    [
      "any ARN",
      { ArnLike: { "aws:SourceArn": ["*", "arn:aws:*:*:*:*", "arn:*:s3:::b", "arn:aws*:iam::aws:policy/*"] } },
    ],
    ["IfExists", { StringLikeIfExists: { "ec2:InstanceType": ["t1.*", "t2.*", "m3.*"] } }],
    ["Null", { Null: { "aws:TokenIssueTime": "true" } }],
    ["set operators", { "ForAnyValue:StringEquals": { "aws:CalledVia": ["dynamodb.amazonaws.com"] } }],
    [
      "a list of attributes",
      {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": ["ID", "PostDateTime"] },
        StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      },
    ],
    ["set operator and IfExists", { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": "team*" } }],
    ["an identity provider's key", { StringEquals: { "cognito-identity.amazonaws.com:sub": "x" } }],
    ["a key with colons", { StringLike: { "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::bucket/*" } }],
    ["a tag with a space", { StringEquals: { "aws:ResourceTag/cost center": "12 / 7" } }],
    ["tags of any type", { Bool: { "aws:ResourceTag/open": true }, NumericLessThan: { "aws:ResourceTag/level": 3 } }],
  ])("%s", async (_, condition) => {
    expect(await made(allow(["s3:ListBucket"], ["arn:aws:s3:::bucket"], condition))).toEqual(complete);
  });
});

describe("what vendors ask for is taken", () => {
  test("a data perimeter", async () => {
    const network = {
      NotIpAddressIfExists: { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] },
      StringNotEqualsIfExists: { "aws:SourceVpc": ["vpc-0123456789abcdef0"], "aws:PrincipalTag/dp:exclude": "true" },
      BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
      ArnNotLikeIfExists: { "aws:PrincipalArn": ["arn:aws:iam::*:role/aws:ec2-infrastructure"] },
    };
    const resources = {
      StringNotEqualsIfExists: { "aws:ResourceOrgID": `\${aws:PrincipalOrgID}` },
      "ForAnyValue:StringNotLikeIfExists": { "aws:ResourceOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-22222222/*" },
    };
    const region = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } };
    const statements = [deny(["s3:*"], network), deny(["s3:*", "kms:Decrypt"], resources), deny(["ec2:*"], region)];
    expect(await made(allow(["s3:GetObject"], ["arn:aws:s3:::exports-*/*"]), ...statements)).toEqual(complete);
  });

  test("machines by tag", async () => {
    const tagged = {
      StringEquals: { "aws:RequestTag/owner": "nimbus", "ec2:CreateAction": ["RunInstances", "CreateVolume"] },
      "ForAllValues:StringEquals": { "aws:TagKeys": ["owner", "Name"] },
    };
    const own = { StringEquals: { "aws:ResourceTag/owner": "nimbus" }, Null: { "aws:ResourceTag/owner": "false" } };
    const [instances, volumes] = ["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*:*:volume/*"];
    const result = await made(
      allow(["ec2:RunInstances"], [instances, volumes], { StringEquals: { "aws:RequestTag/owner": "nimbus" } }),
      allow(["ec2:RunInstances"], ["arn:aws:ec2:*::image/ami-*", "arn:aws:ec2:*:*:subnet/*"]),
      allow(["ec2:CreateTags"], [instances, volumes], tagged),
      allow(["ec2:StopInstances", "ec2:TerminateInstances"], [instances], own),
      allow(["ec2:CreateVolume"], [volumes], {
        Bool: { "ec2:Encrypted": "true" },
        NumericLessThan: { "ec2:VolumeSize": 500 },
      }),
      allow(["kms:Decrypt"], ["arn:aws:kms:*:*:key/*"], { StringLike: { "kms:ViaService": "ec2.*.amazonaws.com" } }),
      allow(["iam:CreateServiceLinkedRole"], ["arn:aws:iam::*:role/aws-service-role/spot.amazonaws.com/*"], {
        StringLike: { "iam:AWSServiceName": "spot.amazonaws.com" },
      }),
    );
    expect(result).toEqual(complete);
  });

  test("reading for monitoring and security, on resources of many shapes", async () => {
    const actions = [
      ...["account:GetAlternateContact", "apigateway:GET", "appstream:Describe*", "autoscaling:Describe*"],
      ...["bedrock:List*", "budgets:ViewBudget", "cloudtrail:LookupEvents", "cloudwatch:Get*", "codebuild:BatchGet*"],
      ...["cognito-idp:GetUserPoolMfaConfig", "dlm:Get*", "drs:Describe*", "ds:Get*", "ec2:GetEbsEncryptionByDefault"],
      ...["ecr:Describe*", "elasticfilesystem:DescribeBackupPolicy", "glue:GetConnections", "health:DescribeEvents"],
      ...["lambda:GetFunction*", "lambda:List*", "logs:FilterLogEvents", "macie2:GetMacieSession", "mq:DescribeBroker"],
      ...["oam:ListSinks", "organizations:Describe*", "route53domains:List*", "s3:GetAccountPublicAccessBlock"],
      ...["securityhub:GetFindings", "shield:GetSubscriptionState", "ssm-incidents:List*", "states:ListStateMachines"],
      ...["support:DescribeTrustedAdvisor*", "tag:GetTagKeys", "trustedadvisor:Describe*", "wafv2:ListWebACLs"],
      ...["wellarchitected:List*", "xray:GetTraceSummaries"],
    ];
    const resources = [
      ...["arn:aws:apigateway:*::/restapis/*", "arn:aws:apigateway:*::/apis/*", "arn:aws:s3:::aws-logs-*/*"],
      ...["arn:aws:logs:*:*:log-group:/aws/lambda/*:*", "arn:aws:dynamodb:*:111122223333:table/t/index/*"],
      ...["arn:aws:s3:eu-west-1:111122223333:accesspoint/reports", "arn:aws:s3::111122223333:accesspoint/m.mrap"],
      ...[
        "arn:aws:s3:*:*:storage-lens/*",
        "arn:aws:iam::aws:policy/*",
        "arn:aws:iam::*:role/team/*",
        "arn:aws:iam::*:*",
      ],
      ...[
        "arn:aws:cloudfront::*:distribution/*",
        "arn:aws:route53:::hostedzone/*",
        "arn:aws:bedrock:*::foundation-model/*",
      ],
      ...["arn:aws:securityhub:*:*:hub/default", "arn:aws:sns:us-?ast-1:*:topic", "arn:aws:ssm:*:*:parameter/a b/ü"],
      ...[
        "arn:aws:kms:*:*:key/mrk-*",
        "arn:aws:secretsmanager:*:*:secret:nimbus/??*",
        "arn:aws:sts::*:assumed-role/x/y",
      ],
    ];
    expect(await made(allow(actions), allow(["s3:GetObject", "logs:Get*"], resources))).toEqual(complete);
  });
});

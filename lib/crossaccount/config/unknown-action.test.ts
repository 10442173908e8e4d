import { describe, expect, test } from "vitest";
import { configWarnings, parseConfig } from "./config";

const config = (actions: string[], more: object = {}) => ({
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: [
    { sid: "S", effect: "Allow", actions, resources: ["*"], why: "Because.", risk: "low", broad: "Because.", ...more },
  ],
  branding: { productName: "Nimbus", supportEmail: "support@nimbus.example" },
});

describe("an action that AWS does not have is refused with the near one", () => {
  test.each([
    ["ec2:DescribeInstanses", "ec2:DescribeInstances"],
    ["EC2:describeinstanses", "EC2:DescribeInstances"],
    ["s3:GetObjects", "s3:GetObject"],
    ["s3:PutObjets", "s3:PutObject"],
    ["lamda:InvokeFunction", "lambda:InvokeFunction"],
    ["cloudwach:GetMetricData", "cloudwatch:GetMetricData"],
    ["ec2:Descibe*", "ec2:Describe*"],
    ["dynamodb:BatchGetItems", "dynamodb:BatchGetItem"],
  ])("%s", (written, meant) => {
    expect(() => parseConfig(config(["s3:ListBucket", written]))).toThrow(
      `ongoingPermissions[0].actions[1]: is not an action that AWS has; did you mean ${meant}?`,
    );
  });

  test("in a Deny too, where it would protect nobody, and as a probe", () => {
    expect(() => parseConfig(config(["s3:DeleteObjekt"], { effect: "Deny" }))).toThrow("did you mean s3:DeleteObject?");
    const probe = { action: "ec2:DescribeRegion", call: async () => {} };
    expect(() => parseConfig(config(["ec2:Describe*"], { probe }))).toThrow(
      "probe.action: is not an action that AWS has; did you mean ec2:DescribeRegions?",
    );
  });
});

describe("where there is none near, it is warned of, for AWS adds actions daily", () => {
  test.each([
    ["s3:ListObjectsV2", "is not an action that AWS has"],
    ["quantumledger2:DescribeThings", "is not an action that AWS has"],
    ["ec2:Teleport*", "matches no action that AWS has"],
    ["nextyears:*", "matches no action that AWS has"],
  ])("%s", (action, words) => {
    const said = configWarnings(parseConfig(config(["s3:ListBucket", action])));
    expect(said).toEqual([
      {
        path: "ongoingPermissions[0].actions[1]",
        message: expect.stringMatching(new RegExp(`^${words}, so it allows nothing; .* as of \\d{4}-\\d\\d-\\d\\d$`)),
      },
    ]);
  });
});

test.each(["*", "s3:*", "ec2:Describe*", "EC2:describeinstances", "s3:?etObject", "iam:*Boundary"])(
  "what AWS has is taken without a word: %s",
  (action) => {
    const denied = config(["s3:ListBucket"]);
    const [read] = denied.ongoingPermissions;
    const deny = { ...read, sid: "D", effect: "Deny", actions: [action], resources: ["arn:aws:s3:::other"] };
    expect(configWarnings(parseConfig({ ...denied, ongoingPermissions: [read, deny] }))).toEqual([]);
  },
);

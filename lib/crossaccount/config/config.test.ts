import { describe, expect, test } from "vitest";
import { CrossAccountError } from "../errors";
import { configuredPartitions, configWarnings, parseConfig, partitionSettings, withOverrides } from "./config";

const read = {
  sid: "Read",
  effect: "Allow",
  actions: ["ec2:Describe*"],
  resources: ["*"],
  why: "To see.",
  risk: "low",
};
const make = { ...read, sid: "Make", actions: ["s3:CreateBucket"], resources: ["arn:aws:s3:::nimbus-*"] };
const gov = { serviceAccountId: "210987654321", templateS3Bucket: "nimbus-templates-gov" };
const valid = {
  serviceName: "Nimbus",
  serviceAccountId: "123456789012",
  templateS3Bucket: "nimbus-templates",
  ongoingPermissions: [read],
  setupPermissions: [make],
  branding: { productName: "Nimbus Insights", supportEmail: "support@nimbus.example" },
};

describe("what is left out", () => {
  test("gets the documented defaults", () => {
    expect(parseConfig(valid)).toMatchObject({
      defaultRegion: "us-east-1",
      sessionDuration: 3_600,
      externalIdPrefix: "nimbus",
      setupExpiresAfter: "7d",
      setupExpiresAfterSeconds: 604_800,
      trustedPrincipalArns: [],
      partitions: {},
    });
  });

  test("in the list of Regions holds a default Region that is newer than the list", () => {
    expect(parseConfig({ ...valid, defaultRegion: "eu-moon-1" }).regions).toEqual(
      expect.arrayContaining(["us-east-1", "eu-moon-1"]),
    );
  });

  test("in a partition gets that partition's defaults", () => {
    const config = parseConfig({ ...valid, partitions: { "aws-us-gov": gov } });
    expect(configuredPartitions(config)).toEqual(["aws", "aws-us-gov"]);
    expect(partitionSettings(config, "aws-us-gov")).toMatchObject({ ...gov, defaultRegion: "us-gov-west-1" });
    expect(() => partitionSettings(config, "aws-cn")).toThrow(
      expect.objectContaining({ code: "partition-not-configured", message: expect.stringContaining("AWS China") }),
    );
  });
});

test("a config cannot be changed afterwards, at any depth", () => {
  const config = parseConfig(valid);
  expect(() => Object.assign(config.ongoingPermissions[0] ?? {}, { sid: "Other" })).toThrow(TypeError);
  expect(() => Object.assign(config.branding, { productName: "Other" })).toThrow(TypeError);
});

test.each([
  ["1h", 3_600],
  ["90m", 5_400],
  ["12h", 43_200],
  ["90d", 7_776_000],
])("setupExpiresAfter %s is %d seconds", (setupExpiresAfter, seconds) => {
  expect(parseConfig({ ...valid, setupExpiresAfter }).setupExpiresAfterSeconds).toBe(seconds);
});

test("condition values become the text that IAM compares", () => {
  const condition = { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": [1, "2"] } };
  const config = parseConfig({ ...valid, ongoingPermissions: [{ ...read, condition }] });
  expect(config.ongoingPermissions[0]?.condition).toEqual({
    Bool: { "aws:SecureTransport": "true" },
    NumericLessThan: { "s3:max-keys": ["1", "2"] },
  });
});

const ongoing = (change: object) => ({ ongoingPermissions: [{ ...read, ...change }] });
const call = async () => {};
const escalating = { actions: ["s3:GetObject", "iam:PutRolePolicy"], resources: ["arn:aws:iam::*:role/*"] };

describe("each fault is named by its path", () => {
  test.each<[string, object, RegExp?]>([
    ["serviceName", { serviceName: undefined }, /is missing/],
    ["serviceName", { serviceName: "9lives" }],
    ["serviceName", { serviceName: "a".repeat(33) }],
    ["serviceName", { serviceName: "Nim/bus" }],
    ["serviceName", { serviceName: "aws-service-role" }, /reserves/],
    ["serviceAccountId", { serviceAccountId: 123456789012 }, /must be text/],
    ["serviceAccountId", { serviceAccountId: "1234" }],
    ["templateS3Bucket", { templateS3Bucket: "has.dots" }],
    ["templateS3Bucket", { templateS3Bucket: "Upper" }],
    ["defaultRegion", { defaultRegion: "cn-north-1" }],
    ["regions[1]", { regions: ["us-east-1", "mars-1"] }],
    ["regions", { regions: ["eu-west-1"], defaultRegion: "us-east-1" }, /us-east-1/],
    ["sessionDuration", { sessionDuration: 60 }],
    ["sessionDuration", { sessionDuration: 43_201 }],
    ["sessionDuration", { sessionDuration: 3_600.5 }],
    ["externalIdPrefix", { externalIdPrefix: "with space" }],
    ["externalIdPrefix", { externalIdPrefix: "p".repeat(32) }, /64/],
    ["setupExpiresAfter", { setupExpiresAfter: "soon" }],
    ["setupExpiresAfter", { setupExpiresAfter: "59m" }, /one hour/],
    ["setupExpiresAfter", { setupExpiresAfter: "91d" }, /90 days/],
    ["partitions.mars", { partitions: { mars: gov } }, /not a known setting/],
    ['partitions["aws-us-gov"].serviceAccountId', { partitions: { "aws-us-gov": { ...gov, serviceAccountId: "1" } } }],
    [
      'partitions["aws-us-gov"].defaultRegion',
      { partitions: { "aws-us-gov": { ...gov, defaultRegion: "us-east-1" } } },
    ],
    ["trustedPrincipalArns[0]", { trustedPrincipalArns: ["arn:aws:iam::123456789012:role/*"] }],
    ["trustedPrincipalArns[0]", { trustedPrincipalArns: ["arn:aws:iam::999999999999:role/app"] }, /serviceAccountId/],
    [
      'partitions["aws-us-gov"].trustedPrincipalArns',
      { trustedPrincipalArns: ["arn:aws:iam::123456789012:role/app"], partitions: { "aws-us-gov": gov } },
      /every partition/,
    ],
    ["servicename", { servicename: "Nimbus" }, /not a known setting/],
    ["role.tags", { role: { tags: { Team: "a", team: "b" } } }, /ignores case/],
    ['role.tags["AWS:team"]', { role: { tags: { "AWS:team": "a" } } }, /is no key of a tag that IAM takes/],
    ["role.tags.team", { role: { tags: { team: "a;b" } } }, /is no value of a tag that IAM takes/],
    ["branding.supportEmail", { branding: { productName: "N" } }, /is missing/],
    ["branding.logoUrl", { branding: { ...valid.branding, logoUrl: "http://nimbus.example/logo.svg" } }],
    ["branding.logoUrl", { branding: { ...valid.branding, logoUrl: "javascript:alert(1)" } }],
    ["branding.logoUrl", { branding: { ...valid.branding, logoUrl: "//evil.example/logo.svg" } }],
    ["branding.logoUrl", { branding: { ...valid.branding, logoUrl: "/logos/../../secret.svg" } }, /under public/],
    ["branding.logoUrl", { branding: { ...valid.branding, logoUrl: "/logos/page.html" } }],
    ["branding.securityEmail", { branding: { ...valid.branding, securityEmail: "nobody" } }],
    ["branding.accentColor", { branding: { ...valid.branding, accentColor: "red" } }],
    ["branding.productName", { branding: { ...valid.branding, productName: "{{resolve:ssm:/secret}}" } }, /resolve/],
    ["branding.colour", { branding: { ...valid.branding, colour: "#ffffff" } }, /not a known setting/],
    ["ongoingPermissions", { ongoingPermissions: [] }],
    ["ongoingPermissions", ongoing({ effect: "Deny" }), /only denies/],
    ["ongoingPermissions[0].sid", ongoing({ sid: "has-hyphen" })],
    ["ongoingPermissions[0].sid", ongoing({ sid: "CrossAccountReadOwnRole" }), /template itself/],
    ["setupPermissions[0].sid", { setupPermissions: [{ ...make, sid: "Read" }] }, /ongoingPermissions\[0\]/],
    ["ongoingPermissions[0].effect", ongoing({ effect: "allow" }), /"Allow", "Deny"/],
    ["ongoingPermissions[0].actions", ongoing({ actions: [] })],
    ["ongoingPermissions[0].actions[1]", ongoing({ actions: ["s3:GetObject", "GetObject"] })],
    ["ongoingPermissions[0].actions[0]", ongoing({ actions: ["*:Get"] })],
    ["ongoingPermissions[0].actions[0]", ongoing({ actions: ["s3:Get Object"] })],
    ["ongoingPermissions[0].resources", ongoing({ resources: [] })],
    ["ongoingPermissions[0].resources[0]", ongoing({ resources: ["my-bucket"] })],
    ["ongoingPermissions[0].resources[0]", ongoing({ resources: ["arn:aws-cn:s3:::my-bucket"] }), /partition/],
    ["ongoingPermissions[0].resources[0]", ongoing({ resources: ["arn:aws:s3:::snow-☃"] }), /characters/],
    ["ongoingPermissions[0].resources[0]", ongoing({ resources: ["arn:aws:s3:::{{resolve:ssm:x}}"] }), /resolve/],
    ["ongoingPermissions[0].why", ongoing({ why: "" })],
    ["ongoingPermissions[0].risk", ongoing({ risk: "none" })],
    ["ongoingPermissions[0].notAction", ongoing({ notAction: ["s3:*"] }), /not a known setting/],
    ["ongoingPermissions[0].condition", ongoing({ condition: {} })],
    ["ongoingPermissions[0].condition", ongoing({ condition: ["a"] })],
    ["ongoingPermissions[0].condition.Ref", ongoing({ condition: { Ref: "ExternalId" } }), /operator/],
    ["ongoingPermissions[0].condition.StringEquals.Ref", ongoing({ condition: { StringEquals: { Ref: "RoleName" } } })],
    [
      'ongoingPermissions[0].condition.StringEquals["Fn::Sub"]',
      ongoing({ condition: { StringEquals: { "Fn::Sub": "x" } } }),
    ],
    [
      'ongoingPermissions[0].condition.StringLike["s3:prefix"][1]',
      ongoing({ condition: { StringLike: { "s3:prefix": ["a", { Ref: "b" }] } } }),
    ],
    [
      "ongoingPermissions[0].condition.__proto__",
      ongoing({ condition: JSON.parse('{ "__proto__": { "aws:x": "y" } }') }),
    ],
    [
      'setupPermissions[0].condition.DateLessThan["AWS:currentTime"]',
      { setupPermissions: [{ ...make, condition: { DateLessThan: { "AWS:currentTime": "2099-01-01T00:00:00Z" } } }] },
      /setupExpiresAfter/,
    ],
    ["ongoingPermissions[0].actions[1]", ongoing(escalating), /iam:PutRolePolicy.*\/Nimbus\//],
    ["setupPermissions[0].actions[0]", { setupPermissions: [{ ...make, actions: ["*"], resources: ["*"] }] }, /own/],
    ["ongoingPermissions[0].actions[0]", ongoing({ actions: ["sts:AssumeRole"] }), /gain more than it is given/],
    [
      "ongoingPermissions[0].actions[0]",
      {
        ongoingPermissions: [{ ...read, actions: ["iam:PassRole"] }],
        setupPermissions: [{ ...make, actions: ["lambda:CreateFunction"] }],
      },
      /together with lambda:CreateFunction/,
    ],
    [
      "ongoingPermissions[0].actions[0]",
      ongoing({ actions: ["cloudformation:UpdateStack"], resources: ["arn:aws:cloudformation:*:*:stack/Nimbus-*/*"] }),
      /its own stack/,
    ],
    ["ongoingPermissions[0].actions[0]", ongoing({ actions: ["s3:*"] }), /"broad"/],
    ["ongoingPermissions[0].probe.action", ongoing({ probe: { action: "ec2:RunInstances", call } }), /among/],
    [
      "ongoingPermissions[0].probe.action",
      ongoing({ actions: ["ec2:RunInstances"], probe: { action: "ec2:RunInstances", call } }),
      /only reads/,
    ],
    [
      "setupPermissions[0].probe",
      { setupPermissions: [{ ...make, probe: { action: "s3:CreateBucket", call } }] },
      /ongoing/,
    ],
    ["ongoingPermissions[0].probe.call", ongoing({ probe: { action: "ec2:DescribeRegions", call: "x" } }), /function/],
  ])("%s", (path, change, words = /./) => {
    const message = refusal({ ...valid, ...change });
    const line = message.split("\n").find((text) => text.startsWith(`  - ${path}: `));
    expect(line ?? message).toMatch(new RegExp(`^  - ${path.replace(/[[\]().]/g, "\\$&")}: `));
    expect(line).toMatch(words);
  });

  test.each([[undefined], [null], ["text"], [[]]])("the whole, when it is no object: %j", (input) => {
    expect(refusal(input)).toContain("the configuration: ");
  });
});

test("wildcards are warned of by path, unless the author says why", () => {
  const writing = { ...read, actions: ["s3:GetObject", "s3:Put*", "ec2:CreateTags"] };
  const warnings = configWarnings(parseConfig({ ...valid, ongoingPermissions: [writing] }));
  expect(warnings.map(({ path }) => path)).toEqual([
    "ongoingPermissions[0].actions[1]",
    "ongoingPermissions[0].actions[2]",
  ]);
  const said = (actions: string[]) =>
    configWarnings(parseConfig({ ...valid, ongoingPermissions: [{ ...read, actions }] })).map(({ message }) => message);
  expect(said(["s3:PutBucketPolicy"])).toEqual([expect.stringMatching(/^s3:PutBucketPolicy sets who may do what/)]);
  // What can be narrowed to nothing, and what AWS counts as reading though its name does not say so.
  expect(said(["ec2:DisableEbsEncryptionByDefault", "logs:StartQuery"])).toEqual([]);
  const explained = { ...writing, actions: ["s3:*"], broad: "Every call is needed, because." };
  expect(configWarnings(parseConfig({ ...valid, ongoingPermissions: [explained] }))).toEqual([]);
  expect(configWarnings(parseConfig(valid))).toEqual([]);
});

test.each([
  ["a statement", [6_200], /"S0" in ongoingPermissions cannot be split so that each part has the 6144 characters/],
  [
    "all statements",
    Array.from({ length: 13 }, () => 6_000),
    /needs 14 policies of \d+ characters in all\. AWS attaches 10 managed policies/,
  ],
])("%s too long for IAM is refused when the config is read", (_, lengths, words) => {
  const ongoingPermissions = lengths.map((length, index) => {
    return { ...read, sid: `S${index}`, resources: [`arn:aws:s3:::${"b".repeat(length)}`] };
  });
  expect(() => parseConfig({ ...valid, setupPermissions: [], ongoingPermissions })).toThrow(
    expect.objectContaining({ code: "template-too-large", message: expect.stringMatching(words) }),
  );
});

test("all faults are reported at once, even of settings beside broken ones", () => {
  const message = refusal({
    serviceName: "9lives",
    templateS3Bucket: "has.dots",
    surprise: true,
    ongoingPermissions: [{ ...read, actions: ["nonsense"] }, read, { ...read, ...escalating, sid: "Grow" }, read],
    setupPermissions: "none",
    branding: { productName: 7 },
  });
  const paths = message.split("\n").flatMap((line) => /^ {2}- ([^:]+):/.exec(line)?.[1] ?? []);
  expect(new Set(paths)).toEqual(
    new Set([
      "serviceName",
      "serviceAccountId",
      "templateS3Bucket",
      "surprise",
      "ongoingPermissions[0].actions[0]",
      "ongoingPermissions[2].actions[1]",
      "ongoingPermissions[3].sid",
      "setupPermissions",
      "branding.productName",
      "branding.supportEmail",
    ]),
  );
  expect(paths.length).toBe(10);
  expect(message).toContain("10 faults");
});

describe("overrides of a deployment", () => {
  const config = parseConfig({ ...valid, partitions: { "aws-us-gov": gov } });

  test("replace what they name and leave the rest", () => {
    const deployed = withOverrides(config, { serviceName: "Stratus", sessionDuration: 900, defaultRegion: undefined });
    expect(deployed).toEqual({ ...config, serviceName: "Stratus", externalIdPrefix: "stratus", sessionDuration: 900 });
  });

  test("keep a prefix that was declared", () => {
    const declared = parseConfig({ ...valid, externalIdPrefix: "nim" });
    expect(withOverrides(declared, { serviceName: "Stratus" }).externalIdPrefix).toBe("nim");
  });

  test("are checked like the config itself", () => {
    expect(() => withOverrides(config, { sessionDuration: Number.NaN })).toThrow(/sessionDuration: /);
    expect(() => withOverrides(config, { templateS3Bucket: "has.dots" })).toThrow(/templateS3Bucket: /);
  });
});

function refusal(input: unknown): string {
  try {
    parseConfig(input);
  } catch (error) {
    if (error instanceof CrossAccountError && error.code === "config-invalid") return error.message;
    throw error;
  }
  throw new Error("expected a refusal");
}

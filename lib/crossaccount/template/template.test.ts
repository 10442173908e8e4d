import { describe, expect, test } from "vitest";
import config from "@/crossaccount.config";
import type { Partition } from "../aws/partition";
import { type CrossAccountConfig, parseConfig, partitionSettings } from "../config/config";
import { generateExternalId } from "../external-id";
import { documentSize } from "../grants/policies";
import type { PolicyDocument, PolicyStatement } from "../grants/policy-types";
import { evaluateTemplate } from "../testing/evaluate-template";
import {
  expectedPolicies,
  expectedTrustPolicy,
  renderTemplate,
  setupExpiry,
  stackParameters,
  templateVersion,
  templateVersionOfRole,
} from "./index";

const accountId = "111122223333";
const roleName = "Nimbus-CrossAccountRole";
const externalId = generateExternalId("nimbus");
const setupExpiresAt = "2030-01-08T00:00:00Z";
const region: Record<string, string> = { aws: "eu-west-1", "aws-us-gov": "us-gov-west-1", "aws-cn": "cn-north-1" };

function parameters(partition = "aws", change: Record<string, string> = {}): Record<string, string> {
  const stack = { region: region[partition] ?? "", externalId, roleName, setupPhase: true, setupExpiresAt };
  return { ...stackParameters(config, stack), ...change };
}

function launch(change: Record<string, string> = {}, partition = "aws", vendor: CrossAccountConfig = config) {
  const stack = evaluateTemplate(renderTemplate(vendor), {
    parameters: parameters(partition, change),
    partition,
    accountId,
  });
  const role = stack.resources.CrossAccountRole?.Properties ?? {};
  const policies = Object.values(stack.resources)
    .filter(({ Type }) => Type === "AWS::IAM::ManagedPolicy")
    .map(({ Properties }) => Properties);
  return { ...stack, role, policies };
}

describe.each<Partition>(["aws", "aws-us-gov", "aws-cn"])("a stack in partition %s", (partition) => {
  test("makes exactly the policies that the checks expect", () => {
    const { policies } = launch({}, partition);
    const expected = expectedPolicies(config, { partition, accountId, roleName, setupExpiresAt });
    expect(policies.map(({ ManagedPolicyName, PolicyDocument }) => [ManagedPolicyName, PolicyDocument])).toEqual(
      [...expected.ongoing, ...expected.setup].map(({ name, document }) => [name, document]),
    );
    expect(expected.ongoing[0]?.arn).toBe(`arn:${partition}:iam::${accountId}:policy/Nimbus/${roleName}-Ongoing`);
  });

  test("trusts the vendor's account of that partition, with the external ID", () => {
    const { role } = launch({}, partition);
    const vendor = partitionSettings(config, partition).serviceAccountId;
    expect(role.AssumeRolePolicyDocument).toEqual(expectedTrustPolicy(config, { partition, externalId }));
    expect(role.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: { AWS: `arn:${partition}:iam::${vendor}:root` },
          Condition: { StringEquals: { "sts:ExternalId": externalId } },
        },
      ],
    });
  });

  test("names no other partition in an ARN", () => {
    const text = JSON.stringify(launch({}, partition));
    expect(new Set(text.match(/(?<=arn:)[a-z-]+(?=:)/g))).toEqual(new Set([partition]));
  });
});

describe("a forged link to the genuine template", () => {
  test("cannot make the role trust another account", () => {
    expect(() => launch({ ServiceAccountId: "999999999999" })).toThrow(/ServiceAccountId: must be the vendor's own/);
  });

  test("cannot make it trust the account number that the vendor has in another partition", () => {
    const { serviceAccountId } = partitionSettings(config, "aws-cn");
    expect(() => launch({ ServiceAccountId: serviceAccountId })).toThrow(/VendorAccountsByPartition::aws::/);
  });

  test.each([
    ["ExternalId", "nimbus-*"],
    ["ExternalId", "other-0123456789abcdef0123456789abcdef"],
    ["ExternalId", ""],
    ["RoleName", "*"],
    ["RoleName", "a/b"],
    ["SetupPhase", "yes"],
    ["SetupExpiresAt", "never"],
    ["SetupExpiresAt", "9999-01-01T00:00:00Z"],
    ["PermissionsBoundaryArn", "boundary"],
  ])("cannot pass %s = %j", (name, value) => {
    expect(() => launch({ [name]: value })).toThrow(`parameter ${name}`);
  });

  test("is refused in a partition that the vendor does not serve", () => {
    const template = renderTemplate(config);
    expect(() => evaluateTemplate(template, { parameters: parameters(), partition: "aws-eusc" })).toThrow(/aws-eusc/);
  });
});

describe("the setup phase", () => {
  test("every statement that allows something ends at the time given, beside its own conditions", () => {
    const { setup } = expectedPolicies(config, { partition: "aws", accountId, roleName, setupExpiresAt });
    const allowed = setup.flatMap(({ document }) => document.Statement).filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toHaveLength(3);
    for (const { Condition } of allowed) expect(Condition?.DateLessThan).toEqual({ "aws:CurrentTime": setupExpiresAt });
    expect(allowed[1]?.Condition?.StringEquals).toEqual({ "aws:RequestedRegion": "us-east-1" });
  });

  test("without a time given it is over before it begins", () => {
    const { SetupExpiresAt: _omitted, ...rest } = parameters();
    const stack = evaluateTemplate(renderTemplate(config), { parameters: rest });
    const text = JSON.stringify(stack.resources.SetupPolicy);
    expect(text).toContain('"DateLessThan":{"aws:CurrentTime":"2000-01-01T00:00:00Z"}');
  });

  test("SetupPhase=false leaves nothing of it", () => {
    const { resources, role, outputs } = launch({ SetupPhase: "false" });
    expect(Object.keys(resources)).toEqual(["CrossAccountRole", "OngoingPolicy"]);
    expect(role.ManagedPolicyArns).toEqual(["ref:OngoingPolicy"]);
    expect(outputs.NextSteps).toMatchObject({ Value: expect.stringContaining("Nothing") });
  });

  test("a vendor without setup permissions gets a template without a setup policy", () => {
    const { resources } = launch({}, "aws", parseConfig({ ...bare(), setupPermissions: [] }));
    expect(Object.keys(resources)).toEqual(["CrossAccountRole", "OngoingPolicy"]);
  });
});

test("the role lies under the service's path, has an hour at least and no boundary unless asked", () => {
  expect(launch().role).toMatchObject({ RoleName: roleName, Path: "/Nimbus/", MaxSessionDuration: 3_600 });
  expect(launch().role).not.toHaveProperty("PermissionsBoundary");
  const boundary = `arn:aws:iam::${accountId}:policy/Boundary`;
  expect(launch({ PermissionsBoundaryArn: boundary }).role.PermissionsBoundary).toBe(boundary);
  expect(launch({}, "aws", parseConfig({ ...bare(), sessionDuration: 900 })).role.MaxSessionDuration).toBe(3_600);
  expect(launch({}, "aws", parseConfig({ ...bare(), sessionDuration: 7_200 })).role.MaxSessionDuration).toBe(7_200);
});

test("the outputs tell the role, the external ID and what to do", () => {
  expect(launch().outputs).toMatchObject({
    RoleArn: { Value: "CrossAccountRole.Arn" },
    ExternalId: { Value: externalId },
    NextSteps: { Value: expect.stringMatching(/Nimbus Insights.*SetupPhase=false.*2030-01-08T00:00:00Z/) },
  });
});

test("the role may read itself, its policies and AWS's, and nothing more of IAM", () => {
  const { ongoing } = expectedPolicies(config, { partition: "aws", accountId, roleName });
  const iam = ongoing[0]?.document.Statement.filter(({ Action = [] }) =>
    Action.some((action) => action.startsWith("iam:")),
  );
  expect(iam?.map(({ Action = [], Resource }) => [Action.map((action) => action.slice(4)).sort(), Resource])).toEqual([
    [
      ["GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListRolePolicies", "SimulatePrincipalPolicy"],
      [`arn:aws:iam::${accountId}:role/Nimbus/${roleName}`],
    ],
    [
      ["GetPolicy", "GetPolicyVersion"],
      [`arn:aws:iam::${accountId}:policy/Nimbus/*`, "arn:aws:iam::aws:policy/*"],
    ],
  ]);
});

describe("pinned vendor roles", () => {
  const pinned = parseConfig({
    ...bare(),
    trustedPrincipalArns: ["arn:aws:iam::123456789012:role/app/worker"],
    partitions: {
      "aws-us-gov": {
        serviceAccountId: "123456789013",
        templateS3Bucket: "templates-gov",
        trustedPrincipalArns: ["arn:aws-us-gov:iam::123456789013:role/app/worker"],
      },
    },
  });

  test.each<Partition>(["aws", "aws-us-gov"])("are demanded beside the external ID in %s", (partition) => {
    const { role } = launch({}, partition, pinned);
    const { trustedPrincipalArns } = partitionSettings(pinned, partition);
    expect(role.AssumeRolePolicyDocument).toEqual(expectedTrustPolicy(pinned, { partition, externalId }));
    expect(role.AssumeRolePolicyDocument).toMatchObject({
      Statement: [{ Condition: { StringEquals: {}, ArnEquals: { "aws:PrincipalArn": trustedPrincipalArns } } }],
    });
  });
});

describe("IAM's limits", () => {
  const long = (index: number, characters: number) => ({
    sid: `S${index}`,
    effect: "Allow",
    actions: ["s3:GetObject"],
    resources: [`arn:aws:s3:::${"b".repeat(characters)}`],
    why: "Because.",
    risk: "low",
  });
  const many = (count: number, characters: number) =>
    parseConfig({
      ...bare(),
      ongoingPermissions: Array.from({ length: count }, (_, index) => long(index, characters)),
    });

  test("long lists are split into policies that fit, in order and with nothing lost", () => {
    const vendor = many(20, 1_500);
    const { ongoing } = expectedPolicies(vendor, { partition: "aws", accountId, roleName });
    expect(ongoing.map(({ name }) => name.slice(roleName.length))).toEqual(
      ["", "2", "3", "4", "5", "6", "7"].slice(0, ongoing.length).map((number) => `-Ongoing${number}`),
    );
    expect(ongoing.length).toBeGreaterThan(4);
    for (const { document } of ongoing) expect(documentSize(document)).toBeLessThanOrEqual(6_144);
    const sids = ongoing.flatMap(({ document }) => document.Statement.map(({ Sid }) => Sid)).slice(2);
    expect(sids).toEqual(vendor.ongoingPermissions.map(({ sid }) => sid));
    const attached = launch({}, "aws", vendor).role.ManagedPolicyArns;
    expect(attached).toEqual(ongoing.map((_, index) => `ref:OngoingPolicy${index === 0 ? "" : index + 1}`));
  });

  test("a policy fits even with the longest role name and partition", () => {
    const role = { partition: "aws-us-gov" as const, accountId, roleName: "r".repeat(64) };
    const filled = parseConfig({
      ...bare(),
      ongoingPermissions: Array.from({ length: 30 }, (_, index) => long(index, 83)),
    });
    const { ongoing } = expectedPolicies(filled, role);
    expect(ongoing).toHaveLength(1);
    for (const { document } of ongoing) expect(documentSize(document)).toBeLessThanOrEqual(6_144);
  });

  test("a statement that fits nowhere is refused by name", () => {
    expect(() => renderTemplate(many(1, 6_200))).toThrow(
      expect.objectContaining({
        code: "template-too-large",
        message: expect.stringContaining('"S0" in ongoingPermissions'),
      }),
    );
  });

  test("more policies than a role can hold are refused", () => {
    expect(() => renderTemplate(many(12, 6_000))).toThrow(
      expect.objectContaining({
        code: "template-too-large",
        message: expect.stringMatching(/13 policies of \d+ characters .* it would have 1\d{4}/),
      }),
    );
  });

  test("a template that is longer than CloudFormation takes is refused, though each policy fits", () => {
    const [permission] = bare().ongoingPermissions;
    const condition = { StringEquals: { "s3:x-amz-acl": Array.from({ length: 330 }, () => "arn:aws:") } };
    const ongoingPermissions = Array.from({ length: 9 }, (_, index) => ({
      ...permission,
      sid: `S${index}`,
      condition,
    }));
    expect(() => renderTemplate(parseConfig({ ...bare(), ongoingPermissions } as never))).toThrow(
      expect.objectContaining({ code: "template-too-large", message: expect.stringMatching(/CloudFormation takes/) }),
    );
  });
});

describe("the version of a template", () => {
  test("is the same for the same config, and on the role", () => {
    const again = parseConfig({ ...bare(), setupExpiresAfter: "7d" });
    expect(renderTemplate(again)).toBe(renderTemplate(parseConfig(bare())));
    expect(templateVersionOfRole(String(launch().role.Description))).toBe(templateVersion(config));
    expect(renderTemplate(config)).toContain(`"TemplateVersion": "${templateVersion(config)}"`);
  });

  test("is another one when a permission changes, and the same when only its explanation does", () => {
    const [first, ...others] = bare().ongoingPermissions;
    const changed = (change: object) =>
      parseConfig({ ...bare(), ongoingPermissions: [{ ...first, ...change }, ...others] });
    expect(templateVersion(changed({ actions: ["ec2:DescribeTags"] }))).not.toBe(templateVersion(parseConfig(bare())));
    expect(templateVersion(changed({ why: "Other words." }))).toBe(templateVersion(parseConfig(bare())));
  });

  test("is the same after everything that people read was reworded", () => {
    const { branding } = bare();
    const reworded = parseConfig({
      ...bare(),
      branding: { ...branding, productName: "Quite Another Name", supportEmail: "other@vendor.example" },
    });
    expect(renderTemplate(reworded)).toContain("Quite Another Name");
    expect(templateVersion(reworded)).toBe(templateVersion(parseConfig(bare())));
  });

  test.each([
    ["the vendor's account", { serviceAccountId: "999988887777" }],
    ["the service's name, which is the role's path", { serviceName: "Stratus" }],
    ["the prefix of external IDs that the parameter takes", { externalIdPrefix: "stratus" }],
    ["the longest session", { sessionDuration: 7_200 }],
    [
      "a further partition",
      { partitions: { "aws-cn": { serviceAccountId: "999988887777", templateS3Bucket: "b-cn" } } },
    ],
    ["identities that the role trusts", { trustedPrincipalArns: ["arn:aws:iam::123456789012:role/agent"] }],
    [
      "permissions for setup",
      { setupPermissions: [{ ...bare().ongoingPermissions[0], sid: "Make", actions: ["ec2:CreateVpc"] }] },
    ],
  ])("is another one for %s", (_what, change) => {
    const vendor = parseConfig({ ...bare(), ...change } as never);
    expect(templateVersion(vendor)).not.toBe(templateVersion(parseConfig(bare())));
  });

  test("is unknown for a role that somebody else described", () => {
    expect(templateVersionOfRole("A role")).toBeUndefined();
    expect(templateVersionOfRole(undefined)).toBeUndefined();
  });
});

test("an IAM policy variable stays as it is written", () => {
  const resources = [
    `arn:aws:s3:::home/\${aws:username}/*`,
    `arn:aws:s3:::x/\${*}`,
    `arn:aws:s3:::\${aws:PrincipalTag/RoleName}`,
  ];
  const [first] = bare().ongoingPermissions;
  const vendor = parseConfig({ ...bare(), ongoingPermissions: [{ ...first, resources }] });
  const document = launch({}, "aws", vendor).policies[0]?.PolicyDocument as PolicyDocument | undefined;
  const statement: PolicyStatement | undefined = document?.Statement[2];
  expect(statement?.Resource).toEqual(resources);
});

test("the setup phase ends the configured time after the link is opened", () => {
  expect(setupExpiry({ setupExpiresAfterSeconds: 604_800 }, new Date("2030-01-01T00:00:00.123Z"))).toBe(setupExpiresAt);
});

function bare() {
  return {
    serviceName: "Nimbus",
    serviceAccountId: "123456789012",
    templateS3Bucket: "nimbus-templates",
    ongoingPermissions: [
      { sid: "Read", effect: "Allow", actions: ["ec2:Describe*"], resources: ["*"], why: "To see.", risk: "low" },
    ],
    branding: { productName: "Nimbus Insights", supportEmail: "support@nimbus.example" },
  };
}

import { AttachRolePolicyCommand, DetachRolePolicyCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { type CrossAccountConfig, parseConfig } from "../config/config";
import { administratorIam, testConfigInput } from "../testing/customer";
import { createCustomerStack } from "../testing/customer-stack";
import { followCommand } from "../testing/follow-command";
import { accountId, createTestTime, newExternalId, statusOf, verifyAt } from "../testing/run-verification";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const why = "Because.";
const audit = { arn: "arn:aws:iam::aws:policy/SecurityAudit", why, risk: "low" };
const view = { ...audit, arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" };
const configWith = (change: object) => parseConfig({ ...testConfigInput, ...change });
const RoleName = "acme-CrossAccountRole";
const iam = () => administratorIam(sandbox.url, accountId, "us-east-1");

async function made(config: CrossAccountConfig, features?: string[]) {
  const role = await createCustomerStack({ url: sandbox.url, externalId: newExternalId(), config, features });
  return { ...role, verify: verifyAt(sandbox.url, createTestTime(), config) };
}
const findings = (report: { checks: readonly { status: string }[] }) =>
  report.checks.filter(({ status }) => status !== "passed" && status !== "skipped");

describe("policies by AWS", () => {
  test("that the config attaches are no finding, in setup and after it", async () => {
    const config = configWith({ ongoingManagedPolicies: [audit], setupManagedPolicies: [view] });
    const role = await made(config);
    const during = await role.verify(role);
    expect(findings(during)).toEqual([]);
    expect(during).toMatchObject({ setupPermissions: "present" });
    expect(during.setupExpiresAt).toBeUndefined();
    expect(findings(await role.verify(role, { expectSetup: "gone" }))).toMatchObject([{ id: "setup-permissions" }]);
    await role.dropSetup();
    const after = await role.verify(role, { expectSetup: "gone" });
    expect(findings(after)).toEqual([]);
    expect(after.setupPermissions).toBe("gone");
  });

  test("alone make a role", async () => {
    const config = configWith({ ongoingPermissions: [], setupPermissions: [], ongoingManagedPolicies: [audit] });
    const role = await made(config);
    expect(findings(await role.verify(role))).toEqual([]);
  });

  test("for setup alone are not gone while attached", async () => {
    const config = configWith({ setupPermissions: [], setupManagedPolicies: [view] });
    const role = await made(config);
    expect(await role.verify(role)).toMatchObject({ setupPermissions: "present" });
    await role.dropSetup();
    expect(await role.verify(role, { expectSetup: "gone" })).toMatchObject({ setupPermissions: "gone" });
  });

  test("that grant what setup did are not taken for setup that remains", async () => {
    const setup = { sid: "Look", effect: "Allow", actions: ["s3:GetBucketPolicy"], resources: ["*"], why, risk: "low" };
    const config = configWith({ setupPermissions: [setup], ongoingManagedPolicies: [audit] });
    const role = await made(config);
    await role.dropSetup();
    expect(findings(await role.verify(role, { expectSetup: "gone" }))).toEqual([]);
  });

  test("that are detached fail with the command that attaches them", async () => {
    const role = await made(configWith({ ongoingManagedPolicies: [audit] }));
    await iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn: audit.arn }));
    const report = await role.verify(role);
    expect(statusOf(report, "ongoing-permissions")).toBe("failed");
    const [way] = report.checks.flatMap(({ ways }) => ways ?? []);
    expect(way).toMatchObject({ label: "Attach SecurityAudit" });
    await followCommand(way?.value ?? "", { endpoint: sandbox.url, accountId });
    expect(findings(await role.verify(role))).toEqual([]);
  });

  test("that the config does not name are found, also one that another phase does not name", async () => {
    const role = await made(configWith({ ongoingManagedPolicies: [audit] }));
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: view.arn }));
    expect(statusOf(await role.verify(role), "excess-permissions")).toBe("failed");
  });

  test("are seen by drift by their ARN alone", async () => {
    const role = await made(configWith({ ongoingManagedPolicies: [audit] }));
    const { picture } = await role.verify(role);
    expect(picture?.policies).toContainEqual({ name: "SecurityAudit", document: JSON.stringify(audit.arn) });
  });

  test.each([
    ["AdministratorAccess", "makes the role an administrator"],
    ["PowerUserAccess", "makes the role an administrator"],
    ["IAMFullAccess", "makes the role an administrator"],
    ["AdministratorAccess-NewService", "makes the role an administrator"],
    ["AWSCloudFormationFullAccess", "makes the role an administrator"],
    ["AWSLambda_FullAccess", "makes the role an administrator"],
    ["aws-service-role/AmazonEKSServiceRolePolicy", "service-linked roles alone"],
    ["ViewOnlyAccess", "did you mean arn:aws:iam::aws:policy/job-function/ViewOnlyAccess?"],
    ["SecurityAudits", "did you mean arn:aws:iam::aws:policy/SecurityAudit?"],
    ["AmazonEC2FullAccess", 'say in "escalates"'],
  ])("%s is refused", (name, message) => {
    const arn = `arn:aws:iam::aws:policy/${name}`;
    const escalates = message.includes("escalates") ? {} : { escalates: why };
    expect(() => configWith({ ongoingManagedPolicies: [{ ...audit, arn, ...escalates }] })).toThrow(message);
  });

  test("other than for reading are taken with a reason, and each once", () => {
    const arn = "arn:aws:iam::aws:policy/AmazonEC2FullAccess";
    expect(() => configWith({ ongoingManagedPolicies: [{ ...audit, arn, escalates: why }] })).not.toThrow();
    expect(() => configWith({ ongoingManagedPolicies: [audit], setupManagedPolicies: [audit] })).toThrow(
      "name each policy once",
    );
  });
});

describe("statements beyond a policy's length", () => {
  const many = (count: number, length = 20) =>
    Array.from({ length: count }, (_, index) => `service:Describe${String(index).padStart(length, "X")}`);
  const read = (sid: string, actions: string[], resources = ["*"]) => ({
    sid,
    effect: "Allow",
    actions,
    resources,
    why,
    risk: "low",
    broad: why,
  });

  test("are split, and verify without a finding", async () => {
    const role = await made(configWith({ ongoingPermissions: [read("All", many(800))] }));
    const report = await role.verify(role);
    expect(findings(report)).toEqual([]);
    expect(JSON.stringify(report.checks)).toContain("Granted");
  });

  test("go on inside the role where AWS attaches no more policies", async () => {
    const config = configWith({ ongoingPermissions: [read("All", many(1_600))], ongoingManagedPolicies: [audit] });
    const role = await made(config);
    expect(findings(await role.verify(role))).toEqual([]);
    await role.dropSetup();
    expect(findings(await role.verify(role, { expectSetup: "gone" }))).toEqual([]);
  });

  test("are refused with figures where they fit nowhere", () => {
    expect(() => configWith({ ongoingPermissions: [read("All", many(2_400))] })).toThrow(
      /needs \d+ policies of \d+ characters/,
    );
  });

  test("are split by resources where one action on all of them is too long", async () => {
    const resources = Array.from(
      { length: 150 },
      (_, index) => `arn:aws:s3:::bucket-${String(index).padStart(40, "0")}/*`,
    );
    const role = await made(
      configWith({ ongoingPermissions: [read("Files", ["s3:GetObject", "s3:GetObjectTagging"], resources)] }),
    );
    expect(findings(await role.verify(role))).toEqual([]);
  });
});

describe("features", () => {
  const permission = (sid: string, action: string) => ({
    sid,
    effect: "Allow",
    actions: [action],
    resources: ["*"],
    why,
    risk: "low",
  });
  const feature = (id: string, change: object) => ({ id, title: id, why, default: false, ...change });
  const config = () =>
    configWith({
      features: [
        feature("Backups", {
          ongoingPermissions: [permission("ListVaults", "backup:ListBackupVaults")],
          setupPermissions: [permission("MakeVault", "backup:CreateBackupVault")],
        }),
        feature("Audit", { ongoingManagedPolicies: [audit] }),
        feature("Costs", { default: true, ongoingPermissions: [permission("Costs", "ce:GetCostAndUsage")] }),
      ],
    });

  test.each([[[]], [["Backups"]], [["Audit"]], [["Backups", "Audit", "Costs"]]])(
    "%j chosen are no finding",
    async (chosen) => {
      const role = await made(config(), chosen);
      const report = await role.verify(role);
      expect(findings(report)).toEqual([]);
      expect(report.features).toEqual(chosen);
      await role.dropSetup();
      expect(findings(await role.verify(role, { expectSetup: "gone" }))).toEqual([]);
    },
  );

  test("are the defaults where nobody chose", async () => {
    const role = await made(config());
    expect((await role.verify(role)).features).toEqual(["Costs"]);
  });

  test("chosen in AWS's own form are granted, whatever was chosen here", async () => {
    const role = await made(config(), []);
    await role.update({ FeatureAudit: "true", FeatureBackups: "true" });
    const report = await role.verify(role, { features: [] });
    expect(findings(report)).toEqual([]);
    expect(report.features).toEqual(["Backups", "Audit"]);
  });

  test("that lost their policies fail, and one that was never chosen is excess", async () => {
    const role = await made(config(), ["Audit"]);
    await iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn: audit.arn }));
    expect(statusOf(await role.verify(role), "ongoing-permissions")).toBe("failed");
    sandbox.reset();
    const other = await made(config(), []);
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn: audit.arn }));
    expect(statusOf(await other.verify(other), "excess-permissions")).toBe("failed");
  });

  test("are refused where they grant nothing, or share an id or a sid", () => {
    const one = feature("One", { ongoingPermissions: [permission("Costs", "ce:GetCostAndUsage")] });
    expect(() => configWith({ features: [feature("One", {})] })).toThrow("features[0]: grants nothing");
    expect(() => configWith({ features: [one, { ...one, id: "one" }] })).toThrow(
      "is already the id of another feature",
    );
    expect(() => configWith({ features: [one, { ...one, id: "Two" }] })).toThrow("is already the sid of");
  });
});

describe("the role's own settings", () => {
  const role = { path: "/vendors/acme/", name: "AcmeReader", tags: { owner: "acme", "cost center": "12 / 7" } };

  test("make a role that verifies without a finding", async () => {
    const reader = await made(configWith({ role }));
    expect(reader.roleArn).toBe(`arn:aws:iam::${accountId}:role/vendors/acme/AcmeReader`);
    expect(findings(await reader.verify(reader))).toEqual([]);
    const { Role } = await iam().send(new GetRoleCommand({ RoleName: "AcmeReader" }));
    expect(Role?.Tags).toEqual([
      { Key: "owner", Value: "acme" },
      { Key: "cost center", Value: "12 / 7" },
    ]);
  });

  test("keep the role from changing itself under its own path as well", () => {
    const change = (path: string) => ({
      ...{ sid: "Change", effect: "Allow", actions: ["iam:PutRolePolicy"], why, risk: "low" },
      resources: [`arn:aws:iam::*:role${path}x`],
    });
    const refused = "would let the role change its own policies";
    for (const path of ["/vendors/acme/", "/acme/"])
      expect(() => configWith({ role, setupPermissions: [change(path)] })).toThrow(refused);
  });

  test.each([
    [{ path: "/" }, "role.path"],
    [{ path: "vendors" }, "role.path"],
    [{ path: "/aws-reserved/x/" }, "role.path"],
    [{ name: "a b" }, "role.name"],
    [{ tags: { "aws:x": "y" } }, "aws:x"],
  ])("%j is refused", (settings, path) => {
    expect(() => configWith({ role: settings })).toThrow(path);
  });
});

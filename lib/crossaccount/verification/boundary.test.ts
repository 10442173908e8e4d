import {
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeleteRolePermissionsBoundaryCommand,
  GetPolicyCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { type CrossAccountConfig, configWarnings, parseConfig } from "../config/config";
import { expectedPolicies } from "../template";
import { administratorIam, createCustomerRole, testConfigInput } from "../testing/customer";
import { createCustomerStack, type TestStack } from "../testing/customer-stack";
import { accountId, createTestTime, newExternalId, statusOf, verifyAt } from "../testing/run-verification";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const why = "Because.";
const bound = (sid: string, actions: string[], more: object = {}) => ({
  ...{ sid, effect: "Allow", actions, resources: ["*"], why, risk: "low" },
  ...more,
});
const read = bound("Read", ["ec2:DescribeInstances", "s3:ListAllMyBuckets", "s3:GetObject"]);
const make = bound("Make", ["ec2:CreateVpc", "ec2:CreateSubnet"]);
const limits = [
  bound("Machines", ["ec2:*", "s3:List*"]),
  bound("Files", ["s3:GetObject"], { resources: ["arn:aws:s3:::acme-*/*"] }),
  bound("NoOtherRegion", ["ec2:*"], {
    effect: "Deny",
    condition: { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } },
  }),
];
const audit = "arn:aws:iam::aws:policy/SecurityAudit";
const configWith = (boundary: unknown, change: object = {}): CrossAccountConfig =>
  parseConfig({
    ...testConfigInput,
    ongoingPermissions: [read],
    setupPermissions: [make],
    role: { boundary },
    ...change,
  });
const RoleName = "acme-CrossAccountRole";
const ownArn = `arn:aws:iam::${accountId}:policy/acme/${RoleName}-Boundary`;
const iam = () => administratorIam(sandbox.url, accountId, "us-east-1");
const document = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const everything = { Effect: "Allow", Action: "*", Resource: "*" };

async function made(config: CrossAccountConfig, stack: Partial<TestStack> = {}) {
  const role = await createCustomerStack({ url: sandbox.url, externalId: newExternalId(), config, ...stack });
  return { ...role, verify: verifyAt(sandbox.url, createTestTime(), config) };
}
const boundaryOfRole = async () =>
  (await iam().send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn;
const findings = (report: { checks: readonly { status: string; causeId?: string }[] }) =>
  report.checks.filter(({ status, causeId }) => (status !== "passed" && status !== "skipped") || causeId);
/** Beside the role's own, where it may read them, if the name says so. */
const policyOf = async (PolicyName: string, ...statements: object[]) => {
  const Path = PolicyName.startsWith("acme-") ? "/acme/" : "/";
  const command = new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: document(...statements) });
  return (await iam().send(command)).Policy?.Arn;
};
const setBoundary = (PermissionsBoundary: string | undefined) =>
  iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));

describe("a boundary of the vendor's own", () => {
  test("is a policy of the stack, and what it takes away from the permissions is no finding in either phase", async () => {
    const role = await made(configWith(limits));
    expect(await boundaryOfRole()).toBe(ownArn);
    expect(findings(await role.verify(role))).toEqual([]);
    await role.dropSetup();
    const after = await role.verify(role, { expectSetup: "gone" });
    expect(findings(after)).toEqual([]);
    expect(after.picture?.boundary).toMatchObject({ name: `${RoleName}-Boundary` });
  });

  test("lies under the role's own path", async () => {
    const role = await made(configWith(undefined, { role: { boundary: limits, path: "/vendors/acme/" } }));
    expect(await boundaryOfRole()).toBe(ownArn.replace("/acme/", "/vendors/acme/"));
    expect(findings(await role.verify(role))).toEqual([]);
  });

  test("by AWS is set by its ARN, and what is in it is not asked", async () => {
    const role = await made(configWith(audit));
    expect(await boundaryOfRole()).toBe(audit);
    const report = await role.verify(role);
    expect(findings(report)).toEqual([]);
    expect(report.picture?.boundary).toEqual({ name: "SecurityAudit", document: JSON.stringify(audit) });
  });

  test("gives way to the customer's, which the stack names, and makes no policy then", async () => {
    const permissionsBoundaryArn = await policyOf("Organization", everything);
    const role = await made(configWith(limits), { permissionsBoundaryArn });
    expect(await boundaryOfRole()).toBe(permissionsBoundaryArn);
    expect(findings(await role.verify(role))).toEqual([]);
    await expect(iam().send(new GetPolicyCommand({ PolicyArn: ownArn }))).rejects.toThrow("does not exist");
    await role.update({ PermissionsBoundaryArn: "" });
    expect(await boundaryOfRole()).toBe(ownArn);
    expect(findings(await role.verify(role))).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["is gone", () => iam().send(new DeleteRolePermissionsBoundaryCommand({ RoleName }))],
    ["was swapped for everything", async () => setBoundary("arn:aws:iam::aws:policy/AdministratorAccess")],
    ["was swapped for a policy that cannot be read", async () => setBoundary(await policyOf("Hidden", everything))],
  ])("that %s fails", async (_fault, change) => {
    for (const boundary of [limits, audit]) {
      sandbox.reset();
      const role = await made(configWith(boundary));
      await change();
      const report = await role.verify(role);
      expect(report.checks.find(({ id }) => id === "excess-permissions")).toMatchObject({
        status: "failed",
        causeId: "boundary-gone",
      });
      expect(report.outcome).toBe("proven");
    }
  });

  test.each<[string, object[]]>([
    ["everything", [everything]],
    ["all but one call", [{ ...everything, Action: undefined, NotAction: "ec2:CreateVpc" }]],
    ["the same without the Deny", [{ Effect: "Allow", Action: ["ec2:*", "s3:List*"], Resource: "*" }]],
    ["more resources", [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }, denied()]],
  ])("that was edited to let through %s fails", async (_change, statements) => {
    const role = await made(configWith(limits));
    const edited = { PolicyArn: ownArn, PolicyDocument: document(readsIam, ...statements), SetAsDefault: true };
    await iam().send(new CreatePolicyVersionCommand(edited));
    const report = await role.verify(role);
    expect(report.checks.find(({ causeId }) => causeId === "boundary-edited")?.status).toBe("failed");
  });

  test("that was edited to let less through is found by what it takes away", async () => {
    const role = await made(configWith(limits));
    const tighter = document(...agreed().filter(({ Sid }) => Sid !== "Machines"));
    await iam().send(
      new CreatePolicyVersionCommand({ PolicyArn: ownArn, PolicyDocument: tighter, SetAsDefault: true }),
    );
    const report = await role.verify(role);
    expect(statusOf(report, "excess-permissions")).toBe("passed");
    expect(report.checks.find(({ id }) => id === "ongoing-permissions")).toMatchObject({
      status: "failed",
      causeId: "permissions-boundary",
    });
  });

  test("is missed in a role that was made by hand without it, and not in one with the same statements elsewhere", async () => {
    const config = configWith(limits);
    const verify = verifyAt(sandbox.url, createTestTime(), config);
    const externalId = newExternalId();
    const role = await createCustomerRole({ url: sandbox.url, accountId, externalId, config });
    expect(statusOf(await verify(role), "excess-permissions")).toBe("failed");
    await setBoundary(await policyOf("acme-Same", ...agreed()));
    const report = await verify(role);
    expect([statusOf(report, "excess-permissions"), statusOf(report, "ongoing-permissions")]).toEqual([
      "passed",
      "passed",
    ]);
  });
});

function denied() {
  const outside = { StringNotEquals: { "aws:RequestedRegion": ["us-east-1", "eu-west-1"] } };
  return { Effect: "Deny", Action: "ec2:*", Resource: "*", Condition: outside };
}
const readsIam = { Effect: "Allow", Action: ["iam:Get*", "iam:List*", "iam:Simulate*"], Resource: "*" };
function agreed() {
  const role = { partition: "aws", accountId, roleName: RoleName } as const;
  return expectedPolicies(configWith(limits), role).boundary?.document?.Statement ?? [];
}

describe("a boundary is refused", () => {
  test.each<[string, unknown, string]>([
    ["by another name", "arn:aws:iam::111122223333:policy/x", "role.boundary: must be the ARN of a policy by AWS"],
    ["that bounds nothing", [bound("All", ["*"])], "role.boundary[0]: bounds nothing"],
    ["by AWS that bounds nothing", "arn:aws:iam::aws:policy/AdministratorAccess", "role.boundary: bounds nothing"],
    ["by AWS that blinds", "arn:aws:iam::aws:policy/PowerUserAccess", "is not known to let the role read itself"],
    ["that lets nothing through", [bound("No", ["ec2:*"], { effect: "Deny" })], "lets nothing through"],
    ["without statements", [], "role.boundary: must hold at least one statement"],
    ["that blinds", [...limits, bound("No", ["iam:*"], { effect: "Deny" })], "role.boundary[3].actions[0]: would keep"],
    ["with a fault", [{ ...read, why: undefined }], "role.boundary[0].why: is missing"],
    ["with neither list", [{ ...read, actions: undefined }], "role.boundary[0].actions: is missing"],
    ["with a setting of permissions", [{ ...read, escalates: why }], "role.boundary[0].escalates: is not a known"],
    ["with a misspelt action", [bound("X", ["ec2:DescribeInstanses"])], "did you mean ec2:DescribeInstances"],
    ["with another's sid", [bound("Read", ["ec2:*", "s3:*"])], '"Read" is already the sid of'],
    ["of another kind", 7, "role.boundary: must be a list of permissions, or the ARN"],
    ["that leaves a permission nothing", [bound("Ec2", ["ec2:*"])], "actions[1]: lies outside role.boundary"],
    [
      "that denies a permission",
      [...limits, bound("No", ["ec2:CreateVpc"], { effect: "Deny" })],
      'denied everywhere by "No"',
    ],
  ])("%s", (_name, boundary, message) => {
    expect(() => configWith(boundary)).toThrow(message);
  });

  test("where its policy would be too long", () => {
    const long = Array.from({ length: 300 }, (_, index) => `arn:aws:s3:::acme-${String(index).padStart(20, "0")}/*`);
    const boundary = [...limits, bound("Long", ["s3:GetObject"], { resources: long })];
    expect(() => configWith(boundary)).toThrow(/role.boundary would have \d+ characters/);
  });

  test("where the role could write it, or take it away", () => {
    const attacks: [string, string][] = [
      ["iam:CreatePolicyVersion", `arn:aws:iam::*:policy/acme/*`],
      ["iam:SetDefaultPolicyVersion", `arn:aws:iam::*:policy/acme/acme-CrossAccountRole-Boundary`],
      ["iam:DeleteRolePermissionsBoundary", "arn:aws:iam::*:role/acme/*"],
      ["iam:PutRolePermissionsBoundary", "arn:aws:iam::*:role/acme/acme-CrossAccountRole"],
    ];
    for (const [action, resource] of attacks) {
      const attack = bound("Attack", [action], { resources: [resource], escalates: why });
      expect(() => configWith([...limits, bound("Iam", ["iam:*"])], { setupPermissions: [attack] })).toThrow(
        "would let the role change its own",
      );
    }
  });

  test.each<[string, unknown]>([
    ["of the vendor's own", [bound("Small", ["ec2:*", "s3:*", "iam:*"])]],
    ["by AWS", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
  ])(
    "as an excuse for permissions that end in administrator (%s), because a customer's may take its place",
    (_name, boundary) => {
      const attacks = [
        bound("A", ["iam:PutRolePolicy"], { escalates: why }),
        bound("B", ["*"], { broad: why }),
        { ...bound("C", [], { broad: why }), actions: undefined, notActions: ["iam:CreateUser"] },
      ];
      for (const attack of attacks) {
        expect(() => configWith(boundary, { setupPermissions: [attack] })).toThrow("would let the role");
      }
    },
  );

  test("never for a whole service or a wildcard, which grant nothing there", () => {
    expect(configWarnings(configWith(limits)).map(({ path }) => path)).not.toContain("role.boundary[0].actions[0]");
    const unknown = configWith([...limits, bound("New", ["zzzz:Frobnicate"])]);
    expect(configWarnings(unknown).map(({ path }) => path)).toContain("role.boundary[3].actions[0]");
  });
});

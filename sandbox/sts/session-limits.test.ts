import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  GetRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import {
  administratorOf,
  type ClientSettings,
  expectError,
  iamOf,
  policyOf,
  sessionOf,
  stsOf,
} from "../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const RoleName = "Portal";

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const admin = (account = customer) => administratorOf(account, sandbox.url);
const iam = () => iamOf(admin());
const allow = (Action = "iam:GetRole") => policyOf({ Effect: "Allow", Action, Resource: "*" });
const deny = policyOf(
  { Effect: "Allow", Action: "*", Resource: "*" },
  { Effect: "Deny", Action: "iam:GetRole", Resource: "*" },
);
const nothing = allow("sqs:SendMessage");
const trusting = (AWS: string) => policyOf({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });

async function createRole(
  name: string,
  account: string,
  { trusted = vendor, maximum = 3600, policy = allow("*") } = {},
) {
  const client = iamOf(admin(account));
  const AssumeRolePolicyDocument = trusting(trusted);
  const role = { RoleName: name, AssumeRolePolicyDocument, MaxSessionDuration: maximum };
  const { Role } = await client.send(new CreateRoleCommand(role));
  await client.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "own", PolicyDocument: policy }));
  return Role?.Arn ?? "";
}

async function assume(RoleArn: string, more: Partial<AssumeRoleCommandInput> = {}, as = admin(vendor)) {
  const input = { RoleArn, RoleSessionName: "audit", ...more };
  return await stsOf(as).send(new AssumeRoleCommand(input));
}

async function sessionFor(roleArn: string, more?: Partial<AssumeRoleCommandInput>, as?: ClientSettings) {
  return sessionOf((await assume(roleArn, more, as)).Credentials, sandbox.url);
}

const createPolicy = async (PolicyName: string, PolicyDocument: string) =>
  (await iam().send(new CreatePolicyCommand({ PolicyName, PolicyDocument }))).Policy?.Arn ?? "";

interface Layers {
  role?: string;
  boundary?: string;
  session?: string;
  sessionArn?: string;
  serviceControl?: string;
}

describe("a session may do what all of its layers allow and none denies", () => {
  test.each<[string, Layers, string | undefined]>([
    ["all layers allow", { boundary: allow(), session: allow(), serviceControl: allow("*") }, undefined],
    [
      "role without the action",
      { role: nothing, boundary: allow(), session: allow() },
      "no identity-based policy allows",
    ],
    ["role that denies", { role: deny }, "explicit deny in an identity-based policy"],
    ["boundary without the action", { boundary: nothing }, "no permissions boundary allows the iam:GetRole action"],
    ["boundary that denies", { boundary: deny }, "explicit deny in a permissions boundary"],
    ["session policy without the action", { session: nothing }, "no session policy allows the iam:GetRole action"],
    ["session policy that denies", { session: deny }, "explicit deny in a session policy"],
    ["managed session policy that allows", { sessionArn: allow() }, undefined],
    ["managed session policy without the action", { sessionArn: nothing }, "no session policy allows"],
    ["one of two session policies that allows", { session: nothing, sessionArn: allow() }, undefined],
    ["SCP without the action", { serviceControl: allow("sqs:*") }, "no service control policy allows"],
    [
      "SCP that denies before all others",
      { serviceControl: deny, boundary: deny, role: deny },
      "service control policy",
    ],
  ])("%s", async (_, layers, text) => {
    const role = await createRole(RoleName, customer, layers.role ? { policy: layers.role } : {});
    if (layers.boundary) {
      const PermissionsBoundary = await createPolicy("edge", layers.boundary);
      await iam().send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary }));
    }
    const arn = layers.sessionArn ? await createPolicy("session", layers.sessionArn) : undefined;
    const session = await sessionFor(role, {
      ...(layers.session ? { Policy: layers.session } : {}),
      ...(arn ? { PolicyArns: [{ arn }] } : {}),
    });
    if (layers.serviceControl) {
      sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [layers.serviceControl] });
    }
    const read = iamOf(session).send(new GetRoleCommand({ RoleName }));
    if (text === undefined) await expect(read).resolves.toHaveProperty("Role");
    else await expectError(read, "AccessDenied", text, 403);
  });

  test("what is attached later counts for sessions that exist already", async () => {
    const role = await createRole(RoleName, customer, { policy: nothing });
    const session = await sessionFor(role);
    const read = () => iamOf(session).send(new GetRoleCommand({ RoleName }));
    await expectError(read(), "AccessDenied");
    const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
    await iam().send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    await expect(read()).resolves.toHaveProperty("Role");
  });
});

describe("session policies", () => {
  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ["of another account", { PolicyArns: [{ arn: `arn:aws:iam::${vendor}:policy/session` }] }, "ValidationError"],
    ["that do not exist", { PolicyArns: [{ arn: `arn:aws:iam::${customer}:policy/none` }] }, "ValidationError"],
    [
      "of more than ten",
      { PolicyArns: Array.from({ length: 11 }, () => ({ arn: "arn:aws:iam::aws:policy/SecurityAudit" })) },
      "ValidationError",
    ],
    ["that are too long", { Policy: allow(`sqs:${"A".repeat(2048)}`) }, "PackedPolicyTooLarge"],
  ])("%s are refused", async (_, more, code) => {
    await expectError(assume(await createRole(RoleName, customer), more), code);
  });
});

describe("how long a session lasts", () => {
  const seconds = ({ Credentials }: Awaited<ReturnType<typeof assume>>) =>
    Math.round(((Credentials?.Expiration?.getTime() ?? 0) - Date.now()) / 60_000) * 60;

  test("an hour unless asked otherwise, and up to what the role allows, twelve hours at most", async () => {
    const role = await createRole(RoleName, customer, { maximum: 43_200 });
    expect(seconds(await assume(role))).toBe(3600);
    expect(seconds(await assume(role, { DurationSeconds: 43_200 }))).toBe(43_200);
    await expectError(assume(role, { DurationSeconds: 43_201 }), "ValidationError", "43200", 400);
    const short = await createRole("Short", customer);
    await expectError(assume(short, { DurationSeconds: 3601 }), "ValidationError", "MaxSessionDuration", 400);
  });

  test("an hour at most when one role assumes another, at each further step too", async () => {
    const agent = await createRole("agent", vendor, { maximum: 43_200 });
    const role = await createRole(RoleName, customer, { maximum: 43_200 });
    const inner = await createRole("inner", customer, { trusted: customer, maximum: 43_200 });
    const first = await sessionFor(agent, { DurationSeconds: 43_200 });
    const text = "1 hour session limit for roles assumed by role chaining";
    await expectError(assume(role, { DurationSeconds: 3601 }, first), "ValidationError", text, 400);
    expect(seconds(await assume(role, { DurationSeconds: 3600 }, first))).toBe(3600);
    const second = await sessionFor(role, {}, first);
    await expectError(assume(inner, { DurationSeconds: 7200 }, second), "ValidationError", text, 400);
    await expect(assume(inner, {}, second)).resolves.toHaveProperty("Credentials");
  });
});

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox, type SandboxOptions } from "./server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "./testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const RoleName = "Portal";
const roleArn = `arn:aws:iam::${customer}:role/Portal`;
const trusting = (AWS: string) => policyOf({ Effect: "Allow", Principal: { AWS }, Action: "sts:AssumeRole" });

const running: RunningSandbox[] = [];

async function start(options?: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = await createSandbox(options);
  running.push(sandbox);
  return sandbox;
}

afterEach(async () => {
  for (const sandbox of running.splice(0)) await sandbox.close();
});

const admin = (account: string, sandbox: RunningSandbox, region?: string) =>
  administratorOf(account, sandbox.url, region);
const createRole = (sandbox: RunningSandbox, document = trusting(vendor)) =>
  iamOf(admin(customer, sandbox)).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document }));
const assume = (sandbox: RunningSandbox) =>
  stsOf(admin(vendor, sandbox)).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "audit" }));

describe("identity", () => {
  test.each([
    ["us-east-1", "aws"],
    ["us-gov-west-1", "aws-us-gov"],
    ["cn-north-1", "aws-cn"],
    ["eusc-de-east-1", "aws-eusc"],
  ])("every account has an administrator, in %s of partition %s", async (region, partition) => {
    const sandbox = await start();
    const identity = await stsOf(admin(customer, sandbox, region)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: customer,
      Arn: `arn:${partition}:iam::${customer}:user/administrator`,
      UserId: `AIDASANDBOX${customer}`,
    });
  });

  test("credentials of one partition are unknown in another", async () => {
    const sandbox = await start();
    await createRole(sandbox);
    const { Credentials } = await assume(sandbox);
    const china = stsOf(sessionOf(Credentials, sandbox.url, "cn-north-1"));
    await expectError(china.send(new GetCallerIdentityCommand({})), "InvalidClientTokenId", "", 403);
  });
});

describe("state", () => {
  test("survives a restart when it has a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sandbox-"));
    const file = join(folder, "state.json");
    try {
      const before = await createSandbox({ state: file });
      await createRole(before);
      const { Credentials } = await assume(before);
      await before.close();
      expect(readFileSync(file, "utf8")).toContain(roleArn);
      const after = await createSandbox({ state: file });
      const identity = await stsOf(sessionOf(Credentials, after.url)).send(new GetCallerIdentityCommand({}));
      expect(identity.Account).toBe(customer);
      await after.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("is forgotten on reset, sessions included", async () => {
    const sandbox = await start();
    await createRole(sandbox);
    const { Credentials } = await assume(sandbox);
    expect((await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" })).status).toBe(204);
    await expectError(iamOf(admin(customer, sandbox)).send(new GetRoleCommand({ RoleName })), "NoSuchEntity");
    const session = stsOf(sessionOf(Credentials, sandbox.url));
    await expectError(session.send(new GetCallerIdentityCommand({})), "InvalidClientTokenId");
  });
});

test("requests are listed with who, what and how it ended, and without secrets", async () => {
  const sandbox = await start();
  await createRole(sandbox, trusting("999988887777"));
  const { RoleArn, ExternalId } = { RoleArn: roleArn, ExternalId: "secret-external-id" };
  const call = new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit", ExternalId });
  await expectError(stsOf(admin(vendor, sandbox, "eu-central-1")).send(call), "AccessDenied");
  const text = await (await fetch(`${sandbox.url}/_sandbox/requests`)).text();
  const { requests } = JSON.parse(text) as { requests: unknown[] };
  expect(requests).toMatchObject([
    { service: "iam", operation: "CreateRole", principal: `arn:aws:iam::${customer}:user/administrator`, status: 200 },
    {
      service: "sts",
      operation: "AssumeRole",
      region: "eu-central-1",
      principal: `arn:aws:iam::${vendor}:user/administrator`,
      status: 403,
      errorCode: "AccessDenied",
    },
  ]);
  expect(text).not.toContain(ExternalId);
});

describe("propagation", () => {
  const begin = Date.parse("2026-03-01T12:00:00Z");

  async function startSlow() {
    let time = begin;
    const sandbox = await start({ propagationMs: 10_000, now: () => new Date(time) });
    return {
      sandbox,
      at: (seconds: number) => {
        time = begin + seconds * 1000;
      },
    };
  }

  test("a new role is seen at once but can be assumed only later", async () => {
    const { sandbox, at } = await startSlow();
    await createRole(sandbox);
    await expect(iamOf(admin(customer, sandbox)).send(new GetRoleCommand({ RoleName }))).resolves.toHaveProperty(
      "Role",
    );
    await expectError(assume(sandbox), "AccessDenied");
    at(9.9);
    await expectError(assume(sandbox), "AccessDenied");
    at(10);
    await expect(assume(sandbox)).resolves.toHaveProperty("Credentials");
  });

  test("the old trust policy counts until the new one has arrived, each in its turn", async () => {
    const { sandbox, at } = await startSlow();
    await createRole(sandbox);
    at(20);
    const iam = iamOf(admin(customer, sandbox));
    const trust = (AWS: string) =>
      iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trusting(AWS) }));
    await trust("999988887777");
    await expect(assume(sandbox)).resolves.toHaveProperty("Credentials");
    at(25);
    await trust(vendor);
    await expect(assume(sandbox)).resolves.toHaveProperty("Credentials");
    at(30);
    await expectError(assume(sandbox), "AccessDenied");
    at(35);
    await expect(assume(sandbox)).resolves.toHaveProperty("Credentials");
  });

  test("a session keeps a permission for a while, and its role when that is deleted", async () => {
    const { sandbox, at } = await startSlow();
    await createRole(sandbox);
    const iam = iamOf(admin(customer, sandbox));
    const put = (Effect: string) =>
      iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "own",
          PolicyDocument: policyOf({ Effect, Action: "iam:GetRole", Resource: "*" }),
        }),
      );
    await put("Allow");
    at(10);
    const { Credentials } = await assume(sandbox);
    const read = () => iamOf(sessionOf(Credentials, sandbox.url)).send(new GetRoleCommand({ RoleName }));
    await put("Deny");
    await expect(read()).resolves.toHaveProperty("Role");
    at(20);
    await expectError(read(), "AccessDenied");
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "own" }));
    await iam.send(new DeleteRoleCommand({ RoleName }));
    await expect(assume(sandbox)).resolves.toHaveProperty("Credentials");
    at(30);
    await expectError(assume(sandbox), "AccessDenied");
    await expectError(read(), "InvalidClientTokenId");
  });
});

import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type AssumeRoleCommandInput, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const roleArn = `arn:aws:iam::${customer}:role/vendor/Portal`;
const externalId = "ca-0123456789abcdef";
const requireExternalId = { StringEquals: { "sts:ExternalId": externalId } };

let sandbox: RunningSandbox;
let clock: Date;

beforeAll(async () => {
  sandbox = await createSandbox({ now: () => clock });
});

beforeEach(() => {
  clock = new Date("2026-03-01T12:00:00Z");
  sandbox.reset();
});

afterAll(() => sandbox.close());

const admin = (account: string, region?: string) => administratorOf(account, sandbox.url, region);

function trust(principal: unknown, condition?: object, action: string | string[] = "sts:AssumeRole"): string {
  return policyOf({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition ? { Condition: condition } : {}),
  });
}

async function createRole(
  document: string,
  { name = "Portal", path = "/vendor/", account = customer, maximum = 3600 } = {},
) {
  const role = { RoleName: name, Path: path, AssumeRolePolicyDocument: document, MaxSessionDuration: maximum };
  const { Role } = await iamOf(admin(account)).send(new CreateRoleCommand(role));
  return Role?.Arn ?? "";
}

function assume(input: Partial<AssumeRoleCommandInput> = {}, settings = admin(vendor)) {
  return stsOf(settings).send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "audit", ExternalId: externalId, ...input }),
  );
}

const refused = (work: Promise<unknown>, arn = roleArn) =>
  expectError(work, "AccessDenied", `is not authorized to perform: sts:AssumeRole on resource: ${arn}`, 403);

describe("the external ID", () => {
  beforeEach(() => createRole(trust({ AWS: `arn:aws:iam::${vendor}:root` }, requireExternalId)));

  test("the right one gives a session of the role", async () => {
    const answer = await assume();
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(answer.Credentials?.Expiration).toEqual(new Date("2026-03-01T13:00:00Z"));
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${customer}:assumed-role/Portal/audit`);
    const identity = await stsOf(sessionOf(answer.Credentials, sandbox.url)).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({
      Account: customer,
      Arn: `arn:aws:sts::${customer}:assumed-role/Portal/audit`,
      UserId: answer.AssumedRoleUser?.AssumedRoleId,
    });
  });

  test("a wrong one, another case, a longer one and none are refused alike", async () => {
    await refused(assume({ ExternalId: "ca-0123456789abcdee" }));
    await refused(assume({ ExternalId: externalId.toUpperCase() }));
    await refused(assume({ ExternalId: `${externalId}0` }));
    await refused(assume({ ExternalId: undefined }));
  });

  test("an account that is not trusted is refused with the right one", async () => {
    await refused(assume({}, admin("999988887777")));
  });

  test("a role that does not exist, or is written in another case, is refused in the same words", async () => {
    await refused(assume({ RoleArn: roleArn.replace("Portal", "Other") }), roleArn.replace("Portal", "Other"));
    await refused(assume({ RoleArn: roleArn.replace("Portal", "portal") }), roleArn.replace("Portal", "portal"));
    await refused(assume({ RoleArn: roleArn.replace("/vendor", "") }), roleArn.replace("/vendor", ""));
  });
});

describe("a trust policy that does not enforce the external ID lets everybody of the account in", () => {
  const root = { AWS: vendor };
  test.each([
    ["no condition", undefined],
    ["StringEqualsIfExists", { StringEqualsIfExists: { "sts:ExternalId": externalId } }],
    ["Null true", { Null: { "sts:ExternalId": "true" } }],
  ])("%s", async (_, condition) => {
    await createRole(trust(root, condition));
    await expect(assume({ ExternalId: undefined })).resolves.toHaveProperty("Credentials");
  });

  test("StringLike * wants any external ID, but one", async () => {
    await createRole(trust(root, { StringLike: { "sts:ExternalId": "*" } }));
    await expect(assume({ ExternalId: "anything-at-all" })).resolves.toHaveProperty("Credentials");
    await refused(assume({ ExternalId: undefined }));
  });
});

describe("both sides of a cross-account call", () => {
  const agent = `arn:aws:iam::${vendor}:role/agent`;

  async function agentSession(): Promise<ReturnType<typeof sessionOf>> {
    const answer = await assume({ RoleArn: agent, ExternalId: undefined });
    return sessionOf(answer.Credentials, sandbox.url);
  }

  async function createAgent(identityPolicy?: string): Promise<void> {
    await createRole(trust({ AWS: vendor }), { name: "agent", path: "/", account: vendor });
    if (identityPolicy === undefined) return;
    await iamOf(admin(vendor)).send(
      new PutRolePolicyCommand({ RoleName: "agent", PolicyName: "assume", PolicyDocument: identityPolicy }),
    );
  }

  const mayAssume = policyOf({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/vendor/*" });

  test("the caller's own account must allow it too", async () => {
    await createAgent();
    await createRole(trust({ AWS: vendor }, requireExternalId));
    await refused(assume({}, await agentSession()));
  });

  test("allowed on both sides it works, for an hour at most", async () => {
    await createAgent(mayAssume);
    await createRole(trust({ AWS: vendor }, requireExternalId), { maximum: 43_200 });
    const session = await agentSession();
    await expect(assume({}, session)).resolves.toHaveProperty("Credentials");
    await expectError(assume({ DurationSeconds: 3601 }, session), "ValidationError", "role chaining", 400);
  });

  test("a role named in the trust policy is known by its unique ID: made anew, it is a stranger", async () => {
    await createAgent(mayAssume);
    await createRole(trust({ AWS: agent }, requireExternalId));
    const before = await agentSession();
    await expect(assume({}, before)).resolves.toHaveProperty("Credentials");
    const iam = iamOf(admin(vendor));
    await iam.send(new DeleteRolePolicyCommand({ RoleName: "agent", PolicyName: "assume" }));
    await iam.send(new DeleteRoleCommand({ RoleName: "agent" }));
    await createAgent(mayAssume);
    await refused(assume({}, await agentSession()));
    await expectError(assume({}, before), "InvalidClientTokenId", "", 403);
    const { Role } = await iamOf(admin(customer)).send(new GetRoleCommand({ RoleName: "Portal" }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toMatch(/"AWS":"AROA/);
  });

  test("aws:PrincipalArn pins a role by its ARN, which survives its being made anew", async () => {
    await createAgent(mayAssume);
    await createRole(trust({ AWS: vendor }, { ...requireExternalId, ArnEquals: { "aws:PrincipalArn": agent } }));
    await refused(assume());
    await expect(assume({}, await agentSession())).resolves.toHaveProperty("Credentials");
  });

  test("a same-account role needs no identity policy when the trust policy names it", async () => {
    await createAgent();
    const inner = await createRole(trust({ AWS: agent }), { name: "inner", path: "/", account: vendor });
    const answer = await assume({ RoleArn: inner, ExternalId: undefined }, await agentSession());
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${vendor}:assumed-role/inner/audit`);
  });

  test("a role is not reached from another partition", async () => {
    await createRole(trust({ AWS: vendor }, requireExternalId));
    await expectError(assume({}, admin(vendor, "us-gov-west-1")), "ValidationError");
  });
});

describe("the session", () => {
  test("is refused after it expires, without its token and with another's token", async () => {
    await createRole(trust({ AWS: vendor }));
    const [first, second] = [await assume({ DurationSeconds: 900 }), await assume()];
    const settings = sessionOf(first.Credentials, sandbox.url);
    const identify = (credentials = settings.credentials) =>
      stsOf({ ...settings, credentials }).send(new GetCallerIdentityCommand({}));
    const { accessKeyId, secretAccessKey } = settings.credentials;
    await expectError(identify({ accessKeyId, secretAccessKey }), "InvalidClientTokenId", "", 403);
    const sessionToken = second.Credentials?.SessionToken ?? "";
    await expectError(identify({ accessKeyId, secretAccessKey, sessionToken }), "InvalidClientTokenId", "", 403);
    clock = new Date("2026-03-01T12:15:00Z");
    await expectError(identify(), "ExpiredToken", "", 403);
  });

  test("is not longer than the role allows", async () => {
    await createRole(trust({ AWS: vendor }), { maximum: 7200 });
    await expect(assume({ DurationSeconds: 7200 })).resolves.toHaveProperty("Credentials");
    await expectError(assume({ DurationSeconds: 7201 }), "ValidationError", "MaxSessionDuration", 400);
    await expectError(assume({ DurationSeconds: 899 }), "ValidationError", "greater than or equal to 900", 400);
  });

  test("has no more than both its session policy and its role allow", async () => {
    await createRole(trust({ AWS: vendor }));
    const readRoles = policyOf({ Effect: "Allow", Action: ["iam:GetRole", "iam:ListRolePolicies"], Resource: "*" });
    const attach = { RoleName: "Portal", PolicyName: "read", PolicyDocument: readRoles };
    await iamOf(admin(customer)).send(new PutRolePolicyCommand(attach));
    const Policy = policyOf({ Effect: "Allow", Action: ["iam:GetRole", "iam:DeleteRole"], Resource: "*" });
    const answer = await assume({ Policy });
    expect(answer.PackedPolicySize).toBeGreaterThan(0);
    const iam = iamOf(sessionOf(answer.Credentials, sandbox.url));
    await expect(iam.send(new GetRoleCommand({ RoleName: "Portal" }))).resolves.toHaveProperty("Role");
    await expectError(iam.send(new DeleteRoleCommand({ RoleName: "Portal" })), "AccessDenied", "identity-based", 403);
    const work = iam.send(new ListRolePoliciesCommand({ RoleName: "Portal" }));
    await expectError(work, "AccessDenied", "no session policy allows the iam:ListRolePolicies action", 403);
  });

  test("its use shows in RoleLastUsed, some minutes later", async () => {
    await createRole(trust({ AWS: vendor }));
    const { Credentials } = await assume();
    const use = async (time: string, region: string) => {
      clock = new Date(`2026-03-01T${time}Z`);
      await stsOf(sessionOf(Credentials, sandbox.url, region)).send(new GetCallerIdentityCommand({}));
    };
    const lastUsed = async (time: string) => {
      clock = new Date(`2026-03-01T${time}Z`);
      const { Role } = await iamOf(admin(customer)).send(new GetRoleCommand({ RoleName: "Portal" }));
      return Role?.RoleLastUsed;
    };
    await use("12:05:00", "us-east-1");
    await use("12:06:00", "eu-west-1");
    expect(await lastUsed("12:09:59")).toEqual({});
    const shown = { LastUsedDate: new Date("2026-03-01T12:06:00Z"), Region: "eu-west-1" };
    expect(await lastUsed("12:10:00")).toEqual(shown);
    await use("12:30:00", "us-east-1");
    expect(await lastUsed("12:31:00")).toEqual(shown);
  });
});

describe("what is malformed or not supported is refused", () => {
  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ["session name with a space", { RoleSessionName: "an audit" }, "ValidationError"],
    ["external ID with a space", { ExternalId: "an id" }, "ValidationError"],
    ["external ID of one character", { ExternalId: "x" }, "ValidationError"],
    ["role ARN of a user", { RoleArn: `arn:aws:iam::${customer}:user/administrator` }, "ValidationError"],
    ["session policy that is no policy", { Policy: "{}" }, "MalformedPolicyDocument"],
    [
      "session policy of another partition",
      { Policy: policyOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws-cn:s3:::b" }) },
      "MalformedPolicyDocument",
    ],
    ["session tags", { Tags: [{ Key: "a", Value: "b" }] }, "NotImplemented"],
  ])("%s", async (_, input, code) => {
    await createRole(trust({ AWS: vendor }));
    await expectError(assume(input), code);
  });

  test("a trust policy with a condition key the sandbox does not know is an error, not a yes", async () => {
    await createRole(trust({ AWS: vendor }, { StringNotEquals: { "sts:Weekday": "Sunday" } }));
    await expectError(assume(), "NotImplemented", "sts:Weekday");
  });
});

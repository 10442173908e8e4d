import { CreateRoleCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../server";
import { administratorOf, expectError, iamOf, policyOf, sessionOf, stsOf } from "../testing/clients";

const vendor = "123456789012";
const customer = "111122223333";
const RoleArn = `arn:aws:iam::${customer}:role/Portal`;
const ExternalId = "ca-0123456789abcdef";

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(async () => {
  sandbox.reset();
  const Condition = { StringEquals: { "sts:ExternalId": ExternalId } };
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole", Condition });
  await iamOf(admin(customer)).send(new CreateRoleCommand({ RoleName: "Portal", AssumeRolePolicyDocument: trust }));
});
afterAll(() => sandbox.close());

const admin = (account: string, region?: string) => administratorOf(account, sandbox.url, region);
const assume = (region: string, externalId = ExternalId) =>
  stsOf(admin(vendor, region)).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit", ExternalId: externalId }),
  );
const works = (work: Promise<unknown>) => expect(work).resolves.toBeDefined();
const textFor = (account: string) =>
  `STS is not activated in this region for account:${account}. Your account administrator can activate STS`;

describe("a Region that is enabled by default", () => {
  test("must be active in the role's account only", async () => {
    sandbox.setRegions({ accountId: vendor, disabled: ["eu-west-3"] });
    await works(assume("eu-west-3"));
    sandbox.setRegions({ accountId: customer, disabled: ["eu-west-3"] });
    await expectError(assume("eu-west-3"), "RegionDisabled", textFor(customer), 403);
    await works(assume("us-east-1"));
    await works(assume("eu-west-1"));
  });

  test("says so only to those who might have had a session", async () => {
    sandbox.setRegions({ accountId: customer, disabled: ["eu-west-3"] });
    await expectError(assume("eu-west-3", "ca-wrong"), "AccessDenied", "", 403);
  });

  test("keeps serving those who have credentials", async () => {
    sandbox.setRegions({ accountId: customer, disabled: ["eu-west-3"] });
    const { Credentials } = await assume("us-east-1");
    await works(stsOf(sessionOf(Credentials, sandbox.url, "eu-west-3")).send(new GetCallerIdentityCommand({})));
    await works(new KMSClient(admin(customer, "eu-west-3")).send(new ListKeysCommand({})));
  });
});

describe("an opt-in Region", () => {
  test("must be enabled in both accounts", async () => {
    await works(assume("eu-south-1"));
    sandbox.setRegions({ accountId: vendor, disabled: ["eu-south-1"] });
    await expectError(assume("eu-south-1"), "RegionDisabled", textFor(vendor), 403);
    sandbox.setRegions({ accountId: vendor, disabled: [] });
    sandbox.setRegions({ accountId: customer, disabled: ["eu-south-1"] });
    await expectError(assume("eu-south-1"), "RegionDisabled", textFor(customer), 403);
  });

  test("knows no credentials of an account that has disabled it, while IAM stands above Regions", async () => {
    sandbox.setRegions({ accountId: customer, disabled: ["eu-south-1"] });
    const kms = new KMSClient(admin(customer, "eu-south-1"));
    await expectError(kms.send(new ListKeysCommand({})), "UnrecognizedClient", "security token", 400);
    await works(iamOf(admin(customer, "eu-south-1")).send(new ListRolesCommand({})));
  });
});

describe("POST /_sandbox/regions", () => {
  const post = async (body: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/regions`, { method: "POST", body: JSON.stringify(body) });
    return response.status;
  };

  test("disables and enables", async () => {
    expect(await post({ accountId: customer, disabled: ["eu-west-3"] })).toBe(204);
    await expectError(assume("eu-west-3"), "RegionDisabled");
    expect(await post({ accountId: customer, disabled: [] })).toBe(204);
    await works(assume("eu-west-3"));
  });

  test.each<[string, unknown]>([
    ["us-east-1, which no account can disable", { accountId: customer, disabled: ["us-east-1"] }],
    ["what is no Region", { accountId: customer, disabled: ["mars-north-1"] }],
    ["a list without an account", { disabled: [] }],
  ])("refuses %s", async (_, body) => {
    expect(await post(body)).toBe(400);
    await works(assume("us-east-1"));
  });
});

import { AttachRolePolicyCommand, CreateRoleCommand, GetRoleCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, GetCallerIdentityCommand } from "@aws-sdk/client-sts";
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
const roleArn = `arn:aws:iam::${customer}:role/Portal`;

let sandbox: RunningSandbox;

beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const admin = (account: string) => administratorOf(account, sandbox.url);
const assume = () => stsOf(admin(vendor)).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "audit" }));
const readRole = (settings: ClientSettings) => iamOf(settings).send(new GetRoleCommand({ RoleName: "Portal" }));
const s3Of = (settings: ClientSettings) => new S3Client({ ...settings, forcePathStyle: true });
const works = (work: Promise<unknown>) => expect(work).resolves.toBeDefined();
const deny = (Action: string, more: object = {}) => ({ Effect: "Deny", Action, Resource: "*", ...more });
const denyEveryone = (Action: string, more: object = {}) => deny(Action, { Principal: "*", ...more });
const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** A role of the customer that may do everything and lets the vendor in, and a session of it. */
async function openRole(): Promise<ClientSettings> {
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" });
  const iam = iamOf(admin(customer));
  await iam.send(new CreateRoleCommand({ RoleName: "Portal", AssumeRolePolicyDocument: trust }));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await iam.send(new AttachRolePolicyCommand({ RoleName: "Portal", PolicyArn }));
  return sessionOf((await assume()).Credentials, sandbox.url);
}

describe("service control policies", () => {
  test("cap each principal of the account, and nobody of another", async () => {
    const session = await openRole();
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [document(deny("iam:GetRole"))] });
    const text = `perform: iam:GetRole on resource: ${roleArn} with an explicit deny in a service control policy`;
    await expectError(readRole(session), "AccessDenied", text, 403);
    await expectError(readRole(admin(customer)), "AccessDenied", "service control policy", 403);
    await works(iamOf(session).send(new ListRolesCommand({})));
    await works(stsOf(session).send(new GetCallerIdentityCommand({})));
    await works(assume());
  });

  test("as an allow-list leave only what they list", async () => {
    const session = await openRole();
    const allowed = { Effect: "Allow", Action: ["iam:List*", "s3:*"], Resource: "*" };
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [document(allowed)] });
    await works(iamOf(session).send(new ListRolesCommand({})));
    const text = "because no service control policy allows the iam:GetRole action";
    await expectError(readRole(session), "AccessDenied", text, 403);
  });

  test("grant nothing", async () => {
    const session = await openRole();
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [document(deny("s3:*"))] });
    const bare = await assumeBare();
    await expectError(readRole(bare), "AccessDenied", "no identity-based policy allows");
    await works(readRole(session));
  });

  test("keep the vendor's own identities from assuming roles", async () => {
    await openRole();
    sandbox.setOrganization({ accountId: vendor, serviceControlPolicies: [document(deny("sts:AssumeRole"))] });
    const text = `on resource: ${roleArn} with an explicit deny in a service control policy`;
    await expectError(assume(), "AccessDenied", text, 403);
  });

  test("hold under their conditions, such as a Region", async () => {
    const session = await openRole();
    const Condition = { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1"] } };
    sandbox.setOrganization({ accountId: customer, serviceControlPolicies: [document(deny("iam:*", { Condition }))] });
    await works(readRole({ ...session, region: "eu-west-1" }));
    await expectError(readRole(session), "AccessDenied", "service control policy");
  });

  async function assumeBare(): Promise<ClientSettings> {
    const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" });
    await iamOf(admin(customer)).send(new CreateRoleCommand({ RoleName: "Bare", AssumeRolePolicyDocument: trust }));
    const RoleArn = `arn:aws:iam::${customer}:role/Bare`;
    const answer = await stsOf(admin(vendor)).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "audit" }));
    return sessionOf(answer.Credentials, sandbox.url);
  }
});

describe("resource control policies", () => {
  const resourceControl = (...statements: object[]) =>
    sandbox.setOrganization({ accountId: customer, resourceControlPolicies: [document(...statements)] });

  test("keep strangers from assuming the account's roles, whatever their trust policy says", async () => {
    await openRole();
    const Condition = { StringNotEqualsIfExists: { "aws:PrincipalAccount": customer } };
    resourceControl(denyEveryone("sts:AssumeRole", { Condition }));
    const text = `sts:AssumeRole on resource: ${roleArn} with an explicit deny in a resource control policy`;
    await expectError(assume(), "AccessDenied", text, 403);
  });

  test("let in whoever is of the organization", async () => {
    await openRole();
    const Condition = { StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-customer12345" } };
    resourceControl(denyEveryone("sts:AssumeRole", { Condition }));
    await expectError(assume(), "AccessDenied", "resource control policy");
    sandbox.setOrganization({ accountId: vendor, organizationId: "o-customer12345" });
    await works(assume());
  });

  test("reach buckets and keys, for their own administrator too", async () => {
    const s3 = s3Of(admin(customer));
    const kms = new KMSClient(admin(customer));
    await s3.send(new CreateBucketCommand({ Bucket: "reports" }));
    await s3.send(new PutObjectCommand({ Bucket: "reports", Key: "one", Body: "1" }));
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    resourceControl(denyEveryone("s3:GetObject"), denyEveryone("kms:Encrypt"));
    const text = "with an explicit deny in a resource control policy";
    await expectError(s3.send(new GetObjectCommand({ Bucket: "reports", Key: "one" })), "AccessDenied", text, 403);
    const encrypt = new EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: Buffer.from("x") });
    await expectError(kms.send(encrypt), "AccessDenied", text, 400);
    await works(s3.send(new PutObjectCommand({ Bucket: "reports", Key: "two", Body: "2" })));
  });

  test("do not reach what services without them own, nor what the account's people do elsewhere", async () => {
    const session = await openRole();
    resourceControl(denyEveryone("*"));
    await works(readRole(session));
    await works(s3Of(admin(vendor)).send(new CreateBucketCommand({ Bucket: "of-the-vendor" })));
  });
});

describe("POST /_sandbox/organization", () => {
  const post = (body: unknown) =>
    fetch(`${sandbox.url}/_sandbox/organization`, { method: "POST", body: JSON.stringify(body) });

  test("sets by text or object, leaves what it does not name, removes by an empty list", async () => {
    const session = await openRole();
    const scp = policyOf(deny("iam:GetRole"));
    expect((await post({ accountId: customer, serviceControlPolicies: [scp] })).status).toBe(204);
    await post({ accountId: customer, resourceControlPolicies: [document(denyEveryone("sts:AssumeRole"))] });
    await expectError(readRole(session), "AccessDenied", "service control policy");
    await expectError(assume(), "AccessDenied", "resource control policy");
    await post({ accountId: customer, serviceControlPolicies: [] });
    await works(readRole(session));
    await post({ accountId: customer, resourceControlPolicies: [] });
    await works(assume());
  });

  test.each<[string, unknown]>([
    ["no account", { serviceControlPolicies: [] }],
    ["a service control policy with a principal", { serviceControlPolicies: [document(denyEveryone("s3:*"))] }],
    ["one without a resource", { serviceControlPolicies: [document({ Effect: "Deny", Action: "s3:*" })] }],
    ["one that is no JSON", { serviceControlPolicies: ["{"] }],
    [
      "a resource control policy that allows",
      { resourceControlPolicies: [document(denyEveryone("s3:*", { Effect: "Allow" }))] },
    ],
    ["one for some principals", { resourceControlPolicies: [document(deny("s3:*", { Principal: { AWS: vendor } }))] }],
    [
      "one with NotAction",
      { resourceControlPolicies: [document({ ...denyEveryone("s3:*"), Action: undefined, NotAction: "s3:*" })] },
    ],
    ["a misspelled property", { serviceControlPolicy: [] }],
  ])("refuses %s", async (name, body) => {
    const response = await post(name === "no account" ? body : { accountId: customer, ...(body as object) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ message: expect.any(String) as string });
  });
});

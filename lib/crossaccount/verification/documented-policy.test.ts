import { readFileSync } from "node:fs";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { administratorOf, iamOf, policyOf, sessionOf, stsOf } from "../../../sandbox/testing/clients";
import type { AwsCredentials } from "../aws/sts-clients";
import { createKmsEncryptor } from "../encryptor/kms-encryptor";
import { uploadTemplate } from "../launch/upload-template";
import { testConfig } from "../testing/customer";
import { type CustomerWorld, customerWorld } from "../testing/customer-world";
import { vendor } from "../testing/run-verification";

/** The policy that docs/operators.md gives the portal's identity, for this vendor: everything works with it, and it has nothing too much. */
const roleName = "portal";
const text = readFileSync("docs/operators.md", "utf8");
const [, block = ""] = /\*\*The process's identity\*\*[^`]*```json\n(.*?)```/s.exec(text) ?? [];

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string;
}

let sandbox: RunningSandbox;
let world: CustomerWorld;
let keyId: string;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.reset();
  world = await customerWorld(sandbox);
  const key = await new KMSClient(administratorOf(vendor, sandbox.url)).send(new CreateKeyCommand({}));
  keyId = key.KeyMetadata?.Arn ?? "";
});

function documented(): Statement[] {
  const mine = block
    .replaceAll("123456789012", vendor)
    .replaceAll("role/Nimbus/", `role/${testConfig.serviceName}/`)
    .replaceAll("nimbus-crossaccount-templates", testConfig.templateS3Bucket)
    .replaceAll("ROLE-OF-THIS-PROCESS", roleName)
    .replace(/arn:aws:kms:[^"]*/, keyId);
  return JSON.parse(mine).Statement;
}

/** A session of a role of the vendor's with these statements and no others. */
async function portalWith(statements: Statement[]): Promise<AwsCredentials> {
  const iam = iamOf(administratorOf(vendor, sandbox.url));
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: roleName, AssumeRolePolicyDocument: trust }));
  const PolicyDocument = policyOf(...statements);
  await iam.send(new PutRolePolicyCommand({ RoleName: roleName, PolicyName: "documented", PolicyDocument }));
  const request = { RoleArn: Role?.Arn, RoleSessionName: "portal" };
  const { Credentials } = await stsOf(administratorOf(vendor, sandbox.url)).send(new AssumeRoleCommand(request));
  return sessionOf(Credentials, sandbox.url).credentials;
}

/** What the portal does in the vendor's account, each by one verb: whether it worked. */
async function tried(credentials: AwsCredentials): Promise<string[]> {
  const s3 = new S3Client({ endpoint: sandbox.url, region: "us-east-1", credentials, forcePathStyle: true });
  const context = { customerId: "customer-1", connectionId: "connection-1", field: "roleArn" } as const;
  const encryptor = createKmsEncryptor({ keyId, client: { endpoint: sandbox.url, credentials } });
  const publish = () =>
    uploadTemplate({
      ...{ s3, bucket: testConfig.templateS3Bucket, serviceName: testConfig.serviceName, endpoint: sandbox.url },
      template: JSON.stringify({ Description: "of the portal" }),
    });
  const all: Record<string, () => Promise<unknown>> = {
    async verify() {
      const { outcome } = await world.verify({}, { credentials });
      expect(outcome).toBe("proven");
    },
    publish,
    // The second time it compares what lies there.
    publishAgain: publish,
    async encrypt() {
      expect(await encryptor.decrypt(await encryptor.encrypt("secret", context), context)).toBe("secret");
    },
    // Told apart from a customer's mistake, by asking AWS's simulator about itself.
    async knowItself() {
      const elsewhere = world.roleArn.replace(`role/${testConfig.serviceName}/`, "role/elsewhere/");
      const { checks } = await world.verify({ roleArn: elsewhere }, { credentials });
      expect(checks.find(({ id }) => id === "assume-role")?.causeId).toBe("own-identity");
    },
  };
  const worked: string[] = [];
  for (const [name, one] of Object.entries(all)) {
    const result = await one().then(
      () => name,
      () => undefined,
    );
    if (result) worked.push(result);
  }
  return worked;
}

const everything = ["verify", "publish", "publishAgain", "encrypt", "knowItself"];

test("suffices for all that the portal does", async () => {
  await world.launch();
  expect(documented()).toHaveLength(5);
  expect(await tried(await portalWith(documented()))).toEqual(everything);
});

test.each([
  ["sts:AssumeRole", ["publish", "publishAgain", "encrypt", "knowItself"]],
  ["iam:GetRole", ["verify", "publish", "publishAgain", "encrypt"]],
  ["s3:PutObject", ["verify", "encrypt", "knowItself"]],
  ["kms:Decrypt", ["verify", "publish", "publishAgain", "knowItself"]],
])("has nothing too much: without the statement of %s something fails", async (action, left) => {
  await world.launch();
  const fewer = documented().filter(({ Effect, Action }) => Effect === "Deny" || ![Action].flat().includes(action));
  expect(fewer).toHaveLength(4);
  expect(await tried(await portalWith(fewer))).toEqual(left);
});

test("lets nobody into a role of the vendor's own account", async () => {
  const iam = iamOf(administratorOf(vendor, sandbox.url));
  const trust = policyOf({ Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" });
  const own = { RoleName: "own", Path: `/${testConfig.serviceName}/`, AssumeRolePolicyDocument: trust };
  const { Role } = await iam.send(new CreateRoleCommand(own));
  const sts = stsOf({ ...administratorOf(vendor, sandbox.url), credentials: await portalWith(documented()) });
  const assume = new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "own" });
  await expect(sts.send(assume)).rejects.toMatchObject({ name: "AccessDenied" });
});

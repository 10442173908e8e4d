import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  type IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, ListBucketsCommand } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, type Credentials, GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { administratorOf, iamOf, policyOf, stsOf } from "../../../sandbox/testing/clients";
import { s3Of } from "../../../sandbox/testing/s3";
import { createKmsEncryptor } from "../encryptor/kms-encryptor";
import { connected } from "../testing/connected-client";
import { createAwsClients } from "./clients";

const vendor = "123456789012";
const portal = `arn:aws:iam::${vendor}:role/portal`;
const issuer = "token.actions.githubusercontent.com";

let folder: string;
let sandbox: RunningSandbox;
let iam: IAMClient;
let sts: STSClient;
/** How far the sandbox's clock is from the true one. AWS takes requests that are up to a quarter of an hour off. */
let minutes = 0;
beforeAll(async () => {
  sandbox = await createSandbox({ now: () => new Date(Date.now() + minutes * 60_000) });
  iam = iamOf(administratorOf(vendor, sandbox.url));
  sts = stsOf(administratorOf(vendor, sandbox.url));
});
beforeEach(async () => {
  sandbox.reset();
  minutes = -10;
  folder = await mkdtemp(join(tmpdir(), "own-identity-"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", file("credentials"));
  vi.stubEnv("AWS_CONFIG_FILE", file("config"));
  vi.stubEnv("AWS_PROFILE", "portal");
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${issuer}`, ClientIDList: ["sts"] }));
  await makeRole();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});
afterAll(() => sandbox.close());

async function makeRole(): Promise<void> {
  const Federated = `arn:aws:iam::${vendor}:oidc-provider/${issuer}`;
  const trust = policyOf(
    { Effect: "Allow", Principal: { AWS: vendor }, Action: "sts:AssumeRole" },
    { Effect: "Allow", Principal: { Federated }, Action: "sts:AssumeRoleWithWebIdentity" },
  );
  await iam.send(new CreateRoleCommand({ RoleName: "portal", AssumeRolePolicyDocument: trust }));
  const everything = policyOf({ Effect: "Allow", Action: "*", Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "portal", PolicyName: "all", PolicyDocument: everything }));
}

/** Sessions of a role end with it, and are none of the next one of its name. */
async function makeRoleAgain(): Promise<void> {
  await iam.send(new DeleteRolePolicyCommand({ RoleName: "portal", PolicyName: "all" }));
  await iam.send(new DeleteRoleCommand({ RoleName: "portal" }));
  await makeRole();
}

const file = (name: string) => join(folder, name);
const identify = async (client: STSClient) => (await client.send(new GetCallerIdentityCommand({}))).Arn;

/** A session of a quarter of an hour, as an agent fetches them for the portal. */
async function fetchSession(name: string): Promise<Credentials> {
  const request = { RoleArn: portal, RoleSessionName: name, DurationSeconds: 900 };
  return (await sts.send(new AssumeRoleCommand(request))).Credentials as Credentials;
}

async function rewriteProfile(name: string): Promise<void> {
  const { AccessKeyId, SecretAccessKey, SessionToken } = await fetchSession(name);
  const lines = [
    "[portal]",
    `aws_access_key_id = ${AccessKeyId}`,
    `aws_secret_access_key = ${SecretAccessKey}`,
    `aws_session_token = ${SessionToken}`,
  ];
  writeFileSync(file("credentials"), lines.join("\n"));
}

/** Sixteen minutes later: what was fetched before has ended. */
const sessionEnds = () => {
  minutes = 6;
};

describe("a credentials file that an agent rewrites", () => {
  test("is read again when the session in it has ended, by clients of every service", async () => {
    await rewriteProfile("first");
    const clients = createAwsClients({ endpoint: sandbox.url });
    await s3Of(sandbox.url).send(new CreateBucketCommand({ Bucket: "templates" }));
    expect(await identify(clients.sts("us-east-1"))).toMatch(/\/first$/);
    await clients.s3("us-east-1").send(new ListBucketsCommand({}));

    sessionEnds();
    await expect(identify(clients.sts("us-east-1"))).rejects.toThrow("expired");
    await rewriteProfile("second");
    expect(await identify(clients.sts("us-east-1"))).toMatch(/\/second$/);
    expect(await identify(clients.sts("eu-west-1"))).toMatch(/\/second$/);
    const { Buckets } = await clients.s3("us-east-1").send(new ListBucketsCommand({}));
    expect(Buckets).toHaveLength(1);
  });

  test("keeps credentials of customers' roles coming, and each use is one entry of the access log", async () => {
    await rewriteProfile("first");
    const { provider, accessLog } = await connected(sandbox.url, { aws: { endpoint: sandbox.url } });
    await provider("first report")();
    sessionEnds();
    await rewriteProfile("second");
    await provider("second report")();
    expect(accessLog.entries.map(({ outcome }) => outcome)).toEqual(["allowed", "allowed"]);
  });

  test("keeps KMS reading what it encrypted", async () => {
    const kms = new KMSClient(administratorOf(vendor, sandbox.url));
    const keyId = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
    await rewriteProfile("first");
    const context = { customerId: "customer-1", connectionId: "connection-1", field: "roleArn" } as const;
    const encryptor = createKmsEncryptor({ keyId, client: { endpoint: sandbox.url } });
    const ciphertext = await encryptor.encrypt("secret", context);
    sessionEnds();
    await rewriteProfile("second");
    expect(await encryptor.decrypt(ciphertext, context)).toBe("secret");
  });

  test("may be empty for a moment, or hold half of two sessions", async () => {
    writeFileSync(file("credentials"), "");
    const client = createAwsClients({ endpoint: sandbox.url }).sts("us-east-1");
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    await expect(identify(client)).rejects.toThrow();
    await rewriteProfile("whole");
    expect(await identify(client)).toMatch(/\/whole$/);
    const [{ AccessKeyId }, { SecretAccessKey }] = await Promise.all([fetchSession("one"), fetchSession("other")]);
    const half = `[portal]\naws_access_key_id = ${AccessKeyId}\naws_secret_access_key = ${SecretAccessKey}`;
    writeFileSync(file("credentials"), half);
    const fresh = createAwsClients({ endpoint: sandbox.url }).sts("us-east-1");
    await expect(identify(fresh)).rejects.toThrow();
    await rewriteProfile("mended");
    expect(await identify(fresh)).toMatch(/\/mended$/);
  });
});

describe("credentials from elsewhere", () => {
  test("a process that prints them without their end is run again", async () => {
    const print = async (name: string) => {
      const { AccessKeyId, SecretAccessKey, SessionToken } = await fetchSession(name);
      writeFileSync(file("printed"), JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken }));
    };
    writeFileSync(file("config"), `[profile portal]\ncredential_process = cat ${file("printed")}`);
    await print("first");
    const client = createAwsClients({ endpoint: sandbox.url }).sts("us-east-1");
    expect(await identify(client)).toMatch(/\/first$/);
    sessionEnds();
    await print("second");
    expect(await identify(client)).toMatch(/\/second$/);
  });

  test("the token of a web identity is read from its file each time, as a cluster rotates it", async () => {
    vi.stubEnv("AWS_PROFILE", undefined);
    vi.stubEnv("AWS_ENDPOINT_URL", sandbox.url);
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", file("token"));
    vi.stubEnv("AWS_ROLE_ARN", portal);
    const client = createAwsClients({ endpoint: sandbox.url }).sts("us-east-1");
    const token = () => sandbox.issueWebIdentityToken({ issuer, claims: { sub: "pod", aud: "sts" } });
    writeFileSync(file("token"), token());
    expect(await identify(client)).toMatch(/role\/portal\//);
    await makeRoleAgain();
    writeFileSync(file("token"), "being rotated");
    await expect(identify(client)).rejects.toThrow();
    writeFileSync(file("token"), token());
    expect(await identify(client)).toMatch(/role\/portal\//);
  });

  test("a function of one's own is asked again", async () => {
    let asked = 0;
    const sessions = [await fetchSession("first"), await fetchSession("second")];
    const credentials = async () => {
      const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = sessions[asked++] ?? {};
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    };
    const client = createAwsClients({ endpoint: sandbox.url, credentials }).sts("us-east-1");
    expect(await identify(client)).toMatch(/\/first$/);
    sessionEnds();
    sessions[1] = await fetchSession("second");
    expect(await identify(client)).toMatch(/\/second$/);
  });

  test("that stay as they are are tried once, and the error is AWS's own", async () => {
    const credentials = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "wrong" };
    const client = createAwsClients({ endpoint: sandbox.url, credentials }).sts("us-east-1");
    const before = await requestCount();
    await expect(identify(client)).rejects.toThrow("signature");
    expect((await requestCount()) - before).toBe(1);
  });
});

async function requestCount(): Promise<number> {
  const answer = await fetch(`${sandbox.url}/_sandbox/requests`);
  return ((await answer.json()) as { requests: unknown[] }).requests.length;
}

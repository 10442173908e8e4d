import { ListRolePoliciesCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { createAwsClients } from "../aws/clients";
import type { AwsCredentialProvider } from "../aws/sts-clients";
import { parseConfig } from "../config/config";
import { createMemoryEncryptor } from "../encryptor/memory-encryptor";
import type { ConnectionStatus } from "../status";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import { createMemoryStorage } from "../storage/memory-storage";
import { createCustomerRole, testConfig, testConfigInput } from "../testing/customer";
import { trust } from "../testing/run-verification";
import type { VerificationReport } from "../types";
import { createCrossAccountClient } from "./client";
import type { CrossAccountClientOptions } from "./types";

const vendor = "123456789012";
const accountId = "111122223333";
const customerId = "customer-1";
const credentials = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" };

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(async () => {
  sandbox.reset();
  const s3 = new S3Client({ endpoint: sandbox.url, region: "us-east-1", credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: testConfig.templateS3Bucket }));
});
afterAll(() => sandbox.close());

function setUp(change: Pick<CrossAccountClientOptions, "clock" | "storage" | "encryptor"> = {}) {
  const { storage = createMemoryStorage() } = change;
  const accessLog = createMemoryAccessLog();
  const aws = { endpoint: sandbox.url, credentials };
  const client = createCrossAccountClient(testConfig, {
    storage,
    accessLog,
    aws,
    consoleUrl: `${sandbox.url}/console`,
    ...change,
  });
  return { client, storage, accessLog };
}

/** A connection as far as a proven role. */
async function connect({ client }: Pick<ReturnType<typeof setUp>, "client">, account = accountId) {
  const { connectionId, externalId } = await client.generateIntegrationUrl({ customerId });
  const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId: account, externalId });
  const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
  const { status } = await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report });
  return { connectionId, externalId, roleArn, report, status };
}

function callerOf(provider: AwsCredentialProvider) {
  const sts = new STSClient({ endpoint: sandbox.url, region: "us-east-1", credentials: provider });
  return sts.send(new GetCallerIdentityCommand({}));
}

describe("the template", () => {
  async function requests(): Promise<string[]> {
    const answer = await fetch(`${sandbox.url}/_sandbox/requests`);
    const { requests: all } = (await answer.json()) as { requests: { service: string; operation: string }[] };
    return all.filter(({ service }) => service === "s3").map(({ operation }) => operation.split(" ")[0] ?? "");
  }

  test("is put into its bucket once, by however many ask at the same time, and never looked for again", async () => {
    const { client } = setUp();
    const before = (await requests()).length;
    const urls = await Promise.all(Array.from({ length: 5 }, () => client.publishTemplate("us-east-1")));
    expect(new Set(urls).size).toBe(1);
    await client.generateIntegrationUrl({ customerId });
    expect(await client.templateUrl("us-east-1")).toBe(urls[0]);
    expect((await requests()).slice(before)).toEqual(["PUT"]);
  });

  test("is found without writing anything where another process put it, and missing until then", async () => {
    const [first, second] = [setUp().client, setUp().client];
    await expect(second.templateUrl("us-east-1")).rejects.toMatchObject({ code: "template-missing" });
    const url = await first.publishTemplate("us-east-1");
    const before = (await requests()).length;
    expect(await second.templateUrl("us-east-1")).toBe(url);
    expect((await requests()).slice(before)).toEqual(["GET"]);
  });
});

describe("a role that one customer connected", () => {
  /** Another customer's connection, whose external ID the role's trust policy lists beside its own. */
  async function shared() {
    const { client } = setUp();
    const victim = await client.generateIntegrationUrl({ customerId });
    const attacker = await client.generateIntegrationUrl({ customerId: "customer-2" });
    const listing = (ids: string[]) => trust({ StringEquals: { "sts:ExternalId": ids } });
    const { iam, roleName, roleArn } = await createCustomerRole({
      ...{ url: sandbox.url, accountId, externalId: victim.externalId },
      trustPolicy: listing([victim.externalId]),
    });
    const own = { customerId, connectionId: victim.connectionId, roleArn };
    const report = await client.verifyIntegration(own);
    await client.storeCustomerCredentials({ ...own, report });
    const trustBoth = () =>
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName: roleName,
          PolicyDocument: JSON.stringify(listing([victim.externalId, attacker.externalId])),
        }),
      );
    return {
      client,
      own,
      theirs: { customerId: "customer-2", connectionId: attacker.connectionId, roleArn },
      trustBoth,
    };
  }

  test("gives credentials to no other, and is insecure for both once its trust policy lists both external IDs", async () => {
    const { client, own, theirs, trustBoth } = await shared();
    await trustBoth();
    const report = await client.verifyIntegration(theirs);
    expect(report).toMatchObject({ outcome: "insecure", setupPermissions: "unknown" });
    expect(report.roleId).toBeUndefined();
    expect(report.picture).toBeUndefined();
    await expect(client.storeCustomerCredentials({ ...theirs, report })).rejects.toMatchObject({ code: "role-taken" });
    const provider = client.assumeCustomerRole(theirs.customerId, { purpose: "attack" });
    await expect(provider()).rejects.toMatchObject({ code: "connection-unusable" });
    expect(await client.verifyIntegration(own)).toMatchObject({ outcome: "insecure" });
  });

  test("is not told apart from any other by whoever its trust policy does not name", async () => {
    const { client, theirs } = await shared();
    const missing = { ...theirs, roleArn: theirs.roleArn.replace("CrossAccountRole", "NoSuchRole") };
    const reports = await Promise.all([theirs, missing].map((input) => client.verifyIntegration(input)));
    const [taken, absent] = reports.map(({ checks }) => checks.map(({ id, status, cause }) => ({ id, status, cause })));
    expect(taken).toEqual(absent);
  });
});

test("a role that is named for a connection which was proven with another one is nobody's yet", async () => {
  const { client, storage } = setUp();
  const victim = await client.generateIntegrationUrl({ customerId });
  const { connectionId } = await client.generateIntegrationUrl({ customerId: "customer-2" });
  const theirs = { customerId: "customer-2", connectionId };
  await client.storeCustomerCredentials({ ...theirs, roleArn: `arn:aws:iam::${accountId}:role/theirs` });
  const stored = await storage.get(theirs.customerId, connectionId);
  if (!stored) throw new Error("the connection is not in the storage");
  await storage.put({ ...stored, accountId, status: "insecure" });

  const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId: victim.externalId });
  expect(await client.storeCustomerCredentials({ ...theirs, roleArn })).toMatchObject({ status: "pending" });
  const report = await client.verifyIntegration({ customerId, connectionId: victim.connectionId, roleArn });
  expect(report).toMatchObject({ outcome: "proven" });
});

describe("generateIntegrationUrl", () => {
  test("keeps the external ID of a connection over every reload, and gives another connection another one", async () => {
    const { client } = setUp();
    const input = { customerId };
    const first = await client.generateIntegrationUrl(input);
    const again = await client.generateIntegrationUrl({ ...input, connectionId: first.connectionId });
    expect(again).toMatchObject({ externalId: first.externalId, roleName: first.roleName, stackName: first.stackName });
    const other = await client.generateIntegrationUrl(input);
    expect(other.externalId).not.toBe(first.externalId);
    expect(other.roleName).not.toBe(first.roleName);
  });

  test("links to a template that is there, with the parameters filled in", async () => {
    const { client } = setUp();
    const url = await client.generateIntegrationUrl({ customerId, region: "eu-west-1" });
    const query = new URLSearchParams(new URL(url.launchUrl).hash.split("?")[1]);
    expect(query.get("templateURL")).toBe(url.templateUrl);
    expect(query.get("param_ExternalId")).toBe(url.externalId);
    expect(query.get("param_RoleName")).toBe(url.roleName);
    expect(new URL(url.launchUrl).searchParams.get("region")).toBe("eu-west-1");
  });

  test("knows no connection of another customer", async () => {
    const { client } = setUp();
    const { connectionId } = await client.generateIntegrationUrl({ customerId });
    const theirs = client.generateIntegrationUrl({ customerId: "customer-2", connectionId });
    await expect(theirs).rejects.toMatchObject({ code: "connection-not-found" });
  });

  test("refuses a region that the vendor does not serve", async () => {
    const { client } = setUp();
    for (const region of ["moon-east-1", "cn-north-1"]) {
      const url = client.generateIntegrationUrl({ customerId, region });
      await expect(url).rejects.toMatchObject({
        code: expect.stringMatching(/region-not-supported|partition-not-configured/),
      });
    }
  });

  test("asks for our own credentials once, however many links are opened", async () => {
    let asked = 0;
    const counted = async () => {
      asked += 1;
      return { ...credentials, expiration: new Date(Date.now() + 3_600_000) };
    };
    const aws = { endpoint: sandbox.url, credentials: counted };
    const client = createCrossAccountClient(testConfig, { aws, consoleUrl: `${sandbox.url}/console` });
    for (let links = 0; links < 5; links += 1) await client.generateIntegrationUrl({ customerId });
    expect(asked).toBe(1);
  });
});

describe("storeCustomerCredentials", () => {
  test("encrypts what it stores", async () => {
    const { client, storage } = setUp();
    const { roleArn, externalId } = await connect({ client });
    const stored = (await storage.list(customerId)).flatMap(({ roleArn, externalId }) => [roleArn ?? [], externalId]);
    const bytes = Buffer.concat(stored.map((part) => Buffer.from(part)));
    expect(bytes.includes(roleArn)).toBe(false);
    expect(bytes.includes(externalId)).toBe(false);
  });

  test("leaves a connection unusable without a report, and takes none about another role", async () => {
    const { client } = setUp();
    const { connectionId, externalId } = await client.generateIntegrationUrl({ customerId });
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId });
    const input = { customerId, connectionId, roleArn };
    expect((await client.storeCustomerCredentials(input)).status).toBe("pending");

    const report = await client.verifyIntegration(input);
    const otherArn = roleArn.replace("CrossAccountRole", "Other");
    await expect(client.storeCustomerCredentials({ ...input, roleArn: otherArn, report })).rejects.toMatchObject({
      code: "report-mismatch",
    });
  });

  test.each(["paused", "disconnected"] as const)(
    "leaves a connection %s that its customer put there, though another role is proven",
    async (status) => {
      const { client, storage } = setUp();
      const { connectionId, externalId } = await client.generateIntegrationUrl({
        customerId,
      });
      const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId });
      const before = `arn:aws:iam::${accountId}:role/before`;
      await client.storeCustomerCredentials({ customerId, connectionId, roleArn: before });
      const connection = await storage.get(customerId, connectionId);
      if (connection) await storage.put({ ...connection, status });
      const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
      expect(report.outcome).toBe("proven");
      expect((await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report })).status).toBe(
        status,
      );
      const provider = client.assumeCustomerRole(customerId, { connectionId, purpose: "report" });
      await expect(provider()).rejects.toMatchObject({ code: "connection-unusable" });
    },
  );

  test("refuses an external ID that is not the one it issued", async () => {
    const { client } = setUp();
    const { connectionId } = await client.generateIntegrationUrl({ customerId });
    const input = { customerId, connectionId, roleArn: `arn:aws:iam::${accountId}:role/x`, externalId: "acme-chosen" };
    await expect(client.storeCustomerCredentials(input)).rejects.toMatchObject({ code: "input-invalid" });
    await expect(client.verifyIntegration(input)).rejects.toMatchObject({ code: "input-invalid" });
  });

  test("never moves a proven connection to another account", async () => {
    const { client } = setUp();
    const { connectionId, externalId } = await connect({ client });
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId: "444455556666", externalId });
    const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
    expect(report.outcome).toBe("failed");
    await expect(client.storeCustomerCredentials({ customerId, connectionId, roleArn, report })).rejects.toMatchObject({
      code: "account-mismatch",
    });
  });

  test("does not let a failed attempt damage a connection that works", async () => {
    const { client } = setUp();
    const { connectionId } = await connect({ client });
    const roleArn = `arn:aws:iam::${accountId}:role/acme/Mistyped`;
    const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
    const store = client.storeCustomerCredentials({ customerId, connectionId, roleArn, report });
    await expect(store).rejects.toMatchObject({ code: "report-mismatch" });
    const caller = await callerOf(client.assumeCustomerRole(customerId, { purpose: "still works" }));
    expect(caller.Account).toBe(accountId);
  });

  test("works for a connection that was never stored, given its external ID", async () => {
    const { client } = setUp();
    const { roleArn, externalId } = await createCustomerRole({
      url: sandbox.url,
      accountId,
      externalId: "acme-0123456789abcdef",
    });
    const report = await client.verifyIntegration({ customerId, connectionId: "imported", roleArn, externalId });
    const stored = await client.storeCustomerCredentials({
      customerId,
      connectionId: "imported",
      roleArn,
      externalId,
      report,
    });
    expect(stored).toEqual({ connectionId: "imported", status: "active" });
  });
});

describe("assumeCustomerRole", () => {
  test("gives credentials of the customer's account to any SDK client, recorded first", async () => {
    const { client, accessLog } = setUp();
    const { connectionId } = await connect({ client });
    const actor = { type: "service", id: "reports" } as const;
    const caller = await callerOf(client.assumeCustomerRole(customerId, { purpose: "nightly report", actor }));
    expect(caller.Account).toBe(accountId);
    const entry = accessLog.entries.at(-1);
    expect(entry).toMatchObject({
      customerId,
      connectionId,
      actor,
      purpose: "nightly report",
      outcome: "allowed",
      probe: false,
    });
    expect(caller.Arn).toContain(entry?.sessionName ?? "none");
    expect(entry?.requestId).toBeTruthy();
  });

  test("hands out nothing that the access log does not hold", async () => {
    const { client, accessLog } = setUp();
    await connect({ client });
    accessLog.record = () => Promise.reject(new Error("disk full"));
    const provider = client.assumeCustomerRole(customerId, { purpose: "report" });
    await expect(provider()).rejects.toMatchObject({ code: "access-log-failed" });
  });

  test("shares a session between calls of one actor and purpose, and with no other", async () => {
    const { client, accessLog } = setUp();
    await connect({ client });
    const before = accessLog.entries.length;
    const ask = (options: Partial<Parameters<typeof client.assumeCustomerRole>[1]> = {}) =>
      client.assumeCustomerRole(customerId, { purpose: "report", ...options })();
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toEqual(first);
    expect(accessLog.entries.length - before).toBe(1);

    const others = await Promise.all([
      ask({ purpose: "other" }),
      ask({ actor: { type: "staff", id: "somebody" } }),
      ask({ region: "eu-west-1" }),
      ask({ durationSeconds: 900 }),
      ask({
        sessionPolicy: { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] },
      }),
    ]);
    expect(new Set([first, ...others].map(({ accessKeyId }) => accessKeyId)).size).toBe(6);
  });

  test("limits the session by a session policy", async () => {
    const { client } = setUp();
    await connect({ client });
    const sessionPolicy = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "iam:*", Resource: "*" }] };
    const session = await client.assumeCustomerRole(customerId, { purpose: "narrow", sessionPolicy })();
    const iam = createAwsClients({ endpoint: sandbox.url }).sessionIam("us-east-1", session);
    const command = new ListRolePoliciesCommand({ RoleName: "acme-CrossAccountRole" });
    await expect(iam.send(command)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test.each(["disconnected", "paused", "insecure", "broken", "pending"] as const)(
    "refuses a connection that is %s at once, even with a session kept, and records it",
    async (status: ConnectionStatus) => {
      const { client, storage, accessLog } = setUp();
      const { connectionId } = await connect({ client });
      const provider = client.assumeCustomerRole(customerId, { connectionId, purpose: "report" });
      await provider();
      const connection = await storage.get(customerId, connectionId);
      if (connection) await storage.put({ ...connection, status });
      await expect(provider()).rejects.toMatchObject({ code: "connection-unusable" });
      expect(accessLog.entries.at(-1)).toMatchObject({ outcome: "refused", errorCode: "connection-unusable" });
    },
  );

  test("an insecure role gets no credentials", async () => {
    const { client } = setUp();
    const { connectionId, externalId } = await client.generateIntegrationUrl({ customerId });
    const Statement = [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${vendor}:root` }, Action: "sts:AssumeRole" },
    ];
    const trustPolicy = { Version: "2012-10-17", Statement };
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy });
    const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
    const { status } = await client.storeCustomerCredentials({ customerId, connectionId, roleArn, report });
    expect(status).toBe("insecure");
    const provider = client.assumeCustomerRole(customerId, { purpose: "report" });
    await expect(provider()).rejects.toMatchObject({ code: "connection-unusable" });
  });

  test("needs to be told which of several connections is meant", async () => {
    const { client } = setUp();
    await expect(client.assumeCustomerRole(customerId, { purpose: "report" })()).rejects.toMatchObject({
      code: "connection-not-found",
    });
    const first = await connect({ client });
    const second = await connect({ client }, "444455556666");
    await expect(client.assumeCustomerRole(customerId, { purpose: "report" })()).rejects.toMatchObject({
      code: "connection-ambiguous",
    });
    const { connectionId } = second;
    const caller = await callerOf(client.assumeCustomerRole(customerId, { connectionId, purpose: "report" }));
    expect(caller.Account).toBe("444455556666");
    const foreign = client.assumeCustomerRole("customer-2", { connectionId: first.connectionId, purpose: "report" });
    await expect(foreign()).rejects.toMatchObject({ code: "connection-not-found" });
  });

  test("says what AWS refused without ARN or external ID", async () => {
    const { client, storage } = setUp();
    const { connectionId, externalId, roleArn } = await connect({ client });
    sandbox.reset();
    const error: unknown = await client
      .assumeCustomerRole(customerId, { purpose: "x" })()
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: "access-denied" });
    expect(JSON.stringify([String(error), error])).not.toMatch(new RegExp(`${roleArn}|${externalId}`));
    expect((await storage.get(customerId, connectionId))?.status).toBe("active");
  });

  test("refuses a purpose that says nothing and a duration that STS does not take", () => {
    const { client } = setUp();
    const invalid = expect.objectContaining({ code: "input-invalid" });
    expect(() => client.assumeCustomerRole(customerId, { purpose: " " })).toThrow(invalid);
    for (const durationSeconds of [899, 3_601, 900.5]) {
      expect(() => client.assumeCustomerRole(customerId, { purpose: "x", durationSeconds })).toThrow(invalid);
    }
  });
});

describe("probeRole", () => {
  test("tells a role that is there from one that is not", async () => {
    const { client, accessLog } = setUp();
    const { connectionId, externalId } = await client.generateIntegrationUrl({ customerId });
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId });
    const probe = { customerId, connectionId, roleArn };
    expect(await client.probeRole(probe)).toMatchObject({ id: "assume-role", status: "passed" });
    const absent = { ...probe, roleArn: `${roleArn}2` };
    expect(await client.probeRole(absent)).toMatchObject({ status: "failed", causeId: "role-not-found" });
    expect(accessLog.entries.map(({ probe }) => probe)).toEqual([true, true]);
  });
});

test("each partition is asked with its own identity and account", async () => {
  const govVendor = "210987654321";
  const config = parseConfig({
    ...testConfigInput,
    partitions: { "aws-us-gov": { serviceAccountId: govVendor, templateS3Bucket: "acme-templates-gov" } },
  });
  const gov = { credentials: { accessKeyId: `AKIASANDBOX${govVendor}`, secretAccessKey: "sandbox" } };
  const aws = { endpoint: sandbox.url, credentials, partitions: { "aws-us-gov": gov } };
  const client = createCrossAccountClient(config, { aws });
  const region = "us-gov-west-1";
  const externalId = "acme-0123456789abcdef0123456789abcdef";
  const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId, region, config });
  expect(roleArn).toMatch(/^arn:aws-us-gov:/);
  const input = { customerId, connectionId: "gov", roleArn, externalId, region };
  const report = await client.verifyIntegration(input);
  expect(report.outcome).toBe("proven");
  await client.storeCustomerCredentials({ ...input, report });
  const session = await client.assumeCustomerRole(customerId, { purpose: "report" })();
  expect(session.sessionToken).toBeTruthy();
});

describe("a report that is stored", () => {
  /** In another process, with the same keys: nothing is shared but what both were given. */
  function elsewhere() {
    const shared = { storage: createMemoryStorage(), encryptor: createMemoryEncryptor() };
    const [verifies, stores] = [setUp(shared).client, setUp(shared).client];
    return { verifies, stores };
  }
  const turned = (value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([key, item]) => [key, turned(item)]),
        )
      : value;

  test("may have passed as JSON through other processes, and through a database that orders its fields anew", async () => {
    const { verifies, stores } = elsewhere();
    const { connectionId, roleArn, report } = await connect({ client: verifies });
    const revived = turned(JSON.parse(JSON.stringify(report))) as VerificationReport;
    const stored = await stores.storeCustomerCredentials({ customerId, connectionId, roleArn, report: revived });
    expect(stored.status).toBe("active");
  });

  test.each<[string, (report: VerificationReport) => unknown]>([
    ["another outcome", (report) => ({ ...report, outcome: "proven" })],
    ["another outcome, in its own place", (report) => Object.assign(report, { outcome: "proven" })],
    [
      "checks that all passed",
      (report) => ({ ...report, checks: report.checks.map((check) => ({ ...check, status: "passed" })) }),
    ],
    ["setup permissions that are gone", (report) => ({ ...report, setupPermissions: "never-granted" })],
    ["trust that was not read", ({ trustSeen: _, ...report }) => report],
    ["a field more", (report) => ({ ...report, features: ["all"] })],
    ["no seal", ({ seal: _, ...report }) => report],
    ["an empty seal", (report) => ({ ...report, seal: "" })],
    ["a seal cut short", (report) => ({ ...report, seal: report.seal?.slice(0, -8) })],
  ])("is refused with %s", async (_, edit) => {
    const { client, storage } = setUp();
    const { connectionId, externalId } = await client.generateIntegrationUrl({ customerId });
    const open = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }] };
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy: open });
    const report = await client.verifyIntegration({ customerId, connectionId, roleArn });
    expect(report.outcome).toBe("insecure");
    const edited = edit(report) as VerificationReport;
    await expect(
      client.storeCustomerCredentials({ customerId, connectionId, roleArn, report: edited }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^(report-mismatch|decryption-failed)$/) as string });
    expect((await storage.get(customerId, connectionId))?.status).toBe("pending");
  });

  test("is refused with another report's seal, another connection's, and another key's", async () => {
    const { client } = setUp();
    const { connectionId, roleArn, report } = await connect({ client });
    const later = await client.verifyIntegration({ customerId, connectionId, roleArn });
    const swapped = { ...report, seal: later.seal };
    const store = (given: VerificationReport, other = client) =>
      other.storeCustomerCredentials({ customerId, connectionId, roleArn, report: given });
    await expect(store(swapped)).rejects.toMatchObject({ code: "report-mismatch" });
    const stranger = setUp().client;
    const { externalId } = await stranger.generateIntegrationUrl({ customerId: "customer-2" });
    const theirs = { customerId, connectionId: "elsewhere", roleArn, externalId };
    await expect(stranger.storeCustomerCredentials({ ...theirs, report })).rejects.toMatchObject({
      code: "decryption-failed",
    });
    expect((await store(later)).status).toBe("active");
  });

  test("needs no connection's ID, given its role and external ID", async () => {
    const { client } = setUp();
    const externalId = "acme-0123456789abcdef0123456789abcdef";
    const { roleArn } = await createCustomerRole({ url: sandbox.url, accountId, externalId });
    const own = { customerId: "customer-3", roleArn, externalId };
    const report = await client.verifyIntegration(own);
    expect(await client.storeCustomerCredentials({ ...own, report })).toMatchObject({ status: "active" });
  });
});

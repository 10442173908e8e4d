import { UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import type { AwsCredentials } from "../aws/sts-clients";
import { showRoleArn } from "../checks/redaction";
import { createCustomerRole } from "../testing/customer";
import {
  accountId,
  createTestTime,
  dependenciesOf,
  inSevenDays,
  newExternalId,
  type RoleToVerify,
  requestFor,
  statusOf,
  type TestTime,
  trust,
  vendor,
  verifyAt,
} from "../testing/run-verification";
import type { CheckProgress } from "../types";
import { verifyRole } from "./verify";

let sandbox: RunningSandbox;
let time: TestTime;
let verify: ReturnType<typeof verifyAt>;

beforeAll(async () => {
  sandbox = await createSandbox({ now: () => time.clock() });
});
beforeEach(() => {
  time = createTestTime();
  verify = verifyAt(sandbox.url, time);
  sandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
});

const base = () => ({ url: sandbox.url, accountId, externalId: newExternalId() });

describe("a role as the template makes it", () => {
  test("is proven, with its setup permissions present until they expire", async () => {
    const customer = await createCustomerRole({ ...base(), setupExpiresAt: inSevenDays() });
    const report = await verify(customer);
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "present", accountId });
    expect(report.roleId).toMatch(/^AROA/);
    expect(Date.parse(report.setupExpiresAt ?? "")).toBeGreaterThan(time.clock().getTime());
    expect(Object.fromEntries(report.checks.map(({ id, status }) => [id, status]))).toEqual({
      "role-arn": "passed",
      "assume-role": "passed",
      "reject-missing-external-id": "passed",
      "reject-wrong-external-id": "passed",
      identity: "passed",
      "trust-policy": "passed",
      "ongoing-permissions": "passed",
      "setup-permissions": "passed",
      "excess-permissions": "passed",
      "session-duration": "passed",
      "template-version": "passed",
    });
  });

  test("is recorded call by call, as probes, with actor and request ID", async () => {
    const customer = await createCustomerRole(base());
    const dependencies = dependenciesOf(sandbox.url, time);
    await verifyRole(dependencies, requestFor(customer));
    const { entries } = dependencies.accessLog;
    // The right external ID, then three wrong ones and once more the right one, side by side.
    expect(entries[0]?.outcome).toBe("allowed");
    expect(entries.map(({ outcome }) => outcome).sort()).toEqual([
      "allowed",
      "allowed",
      "refused",
      "refused",
      "refused",
    ]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ probe: true, purpose: "verification", actor: { id: "person-1" } });
      expect(entry.requestId).toBeTruthy();
      expect(entry.sessionName).toMatch(/^verification-connection-1-[0-9a-f]{8}$/);
    }
    expect(JSON.stringify(entries)).not.toContain(customer.externalId);
  });

  test("keeps external ID and ARN out of the report, even where a missing statement names the ARN", async () => {
    const customer = await createCustomerRole({ ...base(), without: ["Read", "CrossAccountReadOwnRole"] });
    const report = await verify(customer);
    expect(statusOf(report, "ongoing-permissions")).toBe("warning");
    expect(JSON.stringify(report)).not.toContain(customer.externalId);
    expect(JSON.stringify(report)).not.toContain(customer.roleArn);
    expect(showRoleArn(JSON.stringify(report), customer.roleArn)).toContain(customer.roleArn);
  });

  test("tells each check as it begins and ends", async () => {
    const customer = await createCustomerRole(base());
    const seen: CheckProgress[] = [];
    const report = await verify(customer, { onCheck: (progress) => seen.push(progress) });
    expect(report.checks).toHaveLength(11);
    for (const { id } of report.checks) {
      expect(seen.filter((progress) => progress.id === id).map(({ phase }) => phase)).toEqual(["running", "done"]);
    }
  });

  test("is proven when the vendor's role is pinned and it is the one that asks", async () => {
    const externalId = newExternalId();
    const principalArn = `arn:aws:iam::${vendor}:root`;
    const condition = {
      StringEquals: { "sts:ExternalId": externalId },
      ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${vendor}:*` },
    };
    const customer = await createCustomerRole({
      url: sandbox.url,
      accountId,
      externalId,
      trustPolicy: trust(condition, { AWS: principalArn }),
    });
    expect((await verify(customer)).outcome).toBe("proven");
  });
});

test("every session that a verification asks for is one of fifteen minutes", async () => {
  const customer = await createCustomerRole(base());
  const dependencies = dependenciesOf(sandbox.url, time);
  const asked: unknown[] = [];
  const sts = (region: string) => {
    const client = dependencies.aws.sts(region);
    client.middlewareStack.add(
      (next) => (request) => {
        if ("RoleArn" in request.input) asked.push(request.input.DurationSeconds);
        return next(request);
      },
      { step: "initialize", name: "noteDuration", override: true },
    );
    return client;
  };
  const { outcome } = await verifyRole({ ...dependencies, aws: { ...dependencies.aws, sts } }, requestFor(customer));
  expect(outcome).toBe("proven");
  // With the external ID, without one, and with two wrong ones.
  expect(asked.length).toBeGreaterThanOrEqual(4);
  expect(new Set(asked)).toEqual(new Set([900]));
});

test("the session of a verification can do none of what the role is for", async () => {
  const customer = await createCustomerRole(base());
  const dependencies = dependenciesOf(sandbox.url, time);
  const sessions: AwsCredentials[] = [];
  const aws = {
    ...dependencies.aws,
    sessionIam: (region: string, credentials: AwsCredentials) => {
      sessions.push(credentials);
      return dependencies.aws.sessionIam(region, credentials);
    },
  };
  await verifyRole({ ...dependencies, aws }, requestFor(customer));
  const listBuckets = (credentials: AwsCredentials | undefined) =>
    new S3Client({ endpoint: sandbox.url, region: "us-east-1", forcePathStyle: true, credentials }).send(
      new ListBucketsCommand({}),
    );
  await expect(listBuckets(sessions[0])).rejects.toMatchObject({ name: "AccessDenied" });

  const ours = { RoleArn: customer.roleArn, ExternalId: customer.externalId, RoleSessionName: "use" };
  const { Credentials } = await dependencies.aws.sts("us-east-1").send(new AssumeRoleCommand(ours));
  const { AccessKeyId: accessKeyId = "", SecretAccessKey: secretAccessKey = "" } = Credentials ?? {};
  await listBuckets({ accessKeyId, secretAccessKey, sessionToken: Credentials?.SessionToken });
});

describe("an insecure role", () => {
  test.each([
    ["no condition", () => undefined, "failed", "failed"],
    ["StringEqualsIfExists", (id: string) => ({ StringEqualsIfExists: { "sts:ExternalId": id } }), "failed", "passed"],
    ["StringLike *", () => ({ StringLike: { "sts:ExternalId": "*" } }), "passed", "failed"],
    ["StringLike with the prefix", () => ({ StringLike: { "sts:ExternalId": "acme-*" } }), "passed", "failed"],
    ["StringNotEquals", () => ({ StringNotEquals: { "sts:ExternalId": "other" } }), "failed", "failed"],
  ] as const)("with %s is found out", async (_what, condition, missing, wrong) => {
    const externalId = newExternalId();
    const trustPolicy = trust(condition(externalId));
    const customer = await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy });
    const report = await verify(customer);
    expect(report.outcome).toBe("insecure");
    expect(statusOf(report, "reject-missing-external-id")).toBe(missing);
    expect(statusOf(report, "reject-wrong-external-id")).toBe(wrong);
    const failed = report.checks.filter(({ status }) => status === "failed");
    expect(failed.map(({ id }) => id)).toContain("trust-policy");
    for (const check of failed) expect(check).toMatchObject({ cause: expect.any(String), remedy: expect.any(String) });
  });

  test("with Principal * is found out by reading its trust policy: others who learn the ID can assume it", async () => {
    const externalId = newExternalId();
    const trustPolicy = trust({ StringEquals: { "sts:ExternalId": externalId } }, { AWS: "*" });
    const customer = await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy });
    const report = await verify(customer);
    expect(report.outcome).toBe("insecure");
    expect(statusOf(report, "reject-wrong-external-id")).toBe("passed");
    expect(statusOf(report, "trust-policy")).toBe("failed");
    expect(JSON.stringify(report)).not.toContain(externalId);
  });

  test("may be anybody's, so nothing of it is shown but why it is open", async () => {
    const externalId = newExternalId();
    const open = trust(undefined, { AWS: [vendor, "arn:aws:iam::444455556666:root"] });
    const customer = await createCustomerRole({ ...base(), externalId, trustPolicy: open });
    const hidden = /444455556666|AROA|acme-CrossAccountRole-Ongoing/;
    const report = await verify(customer, { lastAssumedAt: null });
    expect(report.outcome).toBe("insecure");
    expect(JSON.stringify(report)).toContain("there is no condition on sts:ExternalId");
    expect(JSON.stringify(report)).not.toMatch(hidden);

    const again = await verify(customer, { lastAssumedAt: null, roleId: "AROAOTHER" });
    expect(JSON.stringify(again.checks)).not.toMatch(hidden);
    expect(again.picture?.trustPolicy).toContain("444455556666");
  });

  test("is not waited for: a tightened trust policy must be proven by the next run", async () => {
    const trustPolicy = trust(undefined);
    const customer = await createCustomerRole({ ...base(), trustPolicy });
    const report = await verify(customer, { waitForPropagation: true });
    expect(report.outcome).toBe("insecure");
    expect(JSON.stringify(report.checks)).toContain("can take a minute");
    expect(time.waitedMs).toBe(0);
  });
});

describe("a role that cannot be assumed", () => {
  async function expectUnassumable(customer: RoleToVerify) {
    const report = await verify(customer);
    expect(report).toMatchObject({ outcome: "failed", setupPermissions: "unknown" });
    expect(report.checks.find(({ id }) => id === "assume-role")).toMatchObject({
      status: "failed",
      confidence: "likely",
      cause: expect.stringContaining("ExternalId"),
      remedy: expect.any(String),
    });
    expect(statusOf(report, "reject-missing-external-id")).toBe("skipped");
  }

  test("because its external ID was edited", async () => {
    const customer = await createCustomerRole(base());
    await expectUnassumable({ ...customer, externalId: newExternalId() });
  });

  test("because it trusts another account", async () => {
    const externalId = newExternalId();
    const trustPolicy = trust(
      { StringEquals: { "sts:ExternalId": externalId } },
      { AWS: "arn:aws:iam::999988887777:root" },
    );
    await expectUnassumable(await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy }));
  });

  test("because it does not exist", async () => {
    await expectUnassumable({ roleArn: `arn:aws:iam::${accountId}:role/acme/None`, externalId: newExternalId() });
  });

  test("because a pinned principal is not the one that asks", async () => {
    const externalId = newExternalId();
    const condition = {
      StringEquals: { "sts:ExternalId": externalId },
      ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${vendor}:role/other` },
    };
    const trustPolicy = trust(condition);
    await expectUnassumable(await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy }));
  });

  test("does not send AWS a request for an ARN that is none", async () => {
    const dependencies = dependenciesOf(sandbox.url, time);
    const request = requestFor({ roleArn: "nonsense", externalId: newExternalId() });
    expect((await verifyRole(dependencies, request)).outcome).toBe("failed");
    expect(dependencies.accessLog.entries).toEqual([]);
  });

  test("of another account than the connection's is refused before it is asked", async () => {
    const customer = await createCustomerRole(base());
    const report = await verify(customer, { accountId: "444455556666" });
    expect(report.outcome).toBe("failed");
    expect(statusOf(report, "role-arn")).toBe("failed");
  });
});

describe("a role that changed since", () => {
  test("is insecure when its condition was removed, and proven again when put back", async () => {
    const customer = await createCustomerRole(base());
    const set = (document: object) =>
      customer.iam.send(
        new UpdateAssumeRolePolicyCommand({ RoleName: customer.roleName, PolicyDocument: JSON.stringify(document) }),
      );
    await set(trust(undefined));
    expect((await verify(customer)).outcome).toBe("insecure");
    await set(trust({ StringEquals: { "sts:ExternalId": customer.externalId } }));
    expect((await verify(customer)).outcome).toBe("proven");
  });

  test("is named when it was deleted and made again", async () => {
    const customer = await createCustomerRole(base());
    const { roleId } = await verify(customer);
    const report = await verify(customer, { roleId: "AROAOTHER" });
    expect(roleId).toBeTruthy();
    expect(report.outcome).toBe("proven");
    expect(statusOf(report, "identity")).toBe("failed");
  });
});

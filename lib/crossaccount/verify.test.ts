import { AttachRolePolicyCommand, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../sandbox/server";
import { createMemoryAccessLog } from "./access-log/memory-access-log";
import { createAwsClients } from "./aws-clients";
import { showRoleArn } from "./checks/check";
import { generateExternalId } from "./external-id";
import { systemRandomBytes } from "./random";
import type { CheckId, CheckProgress, VerificationReport } from "./types";
import { createCustomerRole, createPolicy, putInlinePolicy, testConfig } from "./verification/customer-for-test";
import type { VerifyRequest } from "./verification/request";
import { verifyRole } from "./verify";

const vendor = "123456789012";
const accountId = "111122223333";
const propagationMs = 20_000;

let sandbox: RunningSandbox;
let slowSandbox: RunningSandbox;
let offsetMs = 0;
const clock = () => new Date(Date.now() + offsetMs);

beforeAll(async () => {
  sandbox = await createSandbox({ now: clock });
  slowSandbox = await createSandbox({ now: clock, propagationMs });
});
beforeEach(() => {
  offsetMs = 0;
  sandbox.reset();
  slowSandbox.reset();
});
afterAll(async () => {
  await sandbox.close();
  await slowSandbox.close();
});

const newExternalId = () => generateExternalId("acme", systemRandomBytes);
const base = () => ({ url: sandbox.url, accountId, externalId: newExternalId() });
const inSevenDays = () => new Date(clock().getTime() + 7 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");

function trust(condition: object | undefined, principal: unknown = { AWS: `arn:aws:iam::${vendor}:root` }) {
  const statement = {
    Effect: "Allow",
    Principal: principal,
    Action: "sts:AssumeRole",
    ...(condition && { Condition: condition }),
  };
  return { Version: "2012-10-17", Statement: [statement] };
}

function dependenciesOf(
  url = sandbox.url,
  credentials = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" },
) {
  return {
    config: testConfig,
    aws: createAwsClients({ endpoint: url, credentials }),
    accessLog: createMemoryAccessLog(),
    clock,
    randomBytes: systemRandomBytes,
    jitter: () => 1,
    sleep: async (milliseconds: number) => {
      offsetMs += milliseconds;
    },
  };
}

function requestFor(
  customer: { roleArn: string; externalId: string },
  change: Partial<VerifyRequest> = {},
): VerifyRequest {
  return {
    customerId: "customer-1",
    connectionId: "connection-1",
    roleArn: customer.roleArn,
    externalId: customer.externalId,
    region: "us-east-1",
    expectSetup: "present",
    waitForPropagation: false,
    actor: { type: "customer", id: "person-1" },
    ...change,
  };
}

async function verify(customer: { roleArn: string; externalId: string }, change: Partial<VerifyRequest> = {}) {
  return verifyRole(dependenciesOf(), requestFor(customer, change));
}

function statusOf(report: VerificationReport, id: CheckId) {
  return report.checks.find((check) => check.id === id)?.status;
}
function statuses(report: VerificationReport) {
  return Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));
}

describe("a role as the template makes it", () => {
  test("is proven, with its setup permissions present until they expire", async () => {
    const customer = await createCustomerRole({ ...base(), setupExpiresAt: inSevenDays() });
    const report = await verify(customer);
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "present", accountId });
    expect(report.roleId).toMatch(/^AROA/);
    expect(Date.parse(report.setupExpiresAt ?? "")).toBeGreaterThan(clock().getTime());
    expect(statuses(report)).toEqual({
      "role-arn": "passed",
      "assume-role": "passed",
      "reject-missing-external-id": "passed",
      "reject-wrong-external-id": "passed",
      identity: "passed",
      "ongoing-permissions": "passed",
      "setup-permissions": "passed",
    });
  });

  test("is recorded call by call, as probes, with actor and request ID", async () => {
    const customer = await createCustomerRole(base());
    const dependencies = dependenciesOf();
    await verifyRole(dependencies, requestFor(customer));
    const { entries } = dependencies.accessLog;
    expect(entries.map(({ outcome }) => outcome)).toEqual(["allowed", "refused", "refused", "refused"]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ probe: true, purpose: "verification", actor: { id: "person-1" } });
      expect(entry.requestId).toBeTruthy();
      expect(entry.sessionName).toMatch(/^acme-verification-[0-9a-f]{16}$/);
    }
    expect(JSON.stringify(entries)).not.toContain(customer.externalId);
  });

  test("keeps external ID and ARN out of the report, even where a missing statement names the ARN", async () => {
    const customer = await createCustomerRole({ ...base(), without: ["Read", "CrossAccountReadOwnRole"] });
    const report = await verify(customer);
    expect(statusOf(report, "ongoing-permissions")).toBe("failed");
    expect(JSON.stringify(report)).not.toContain(customer.externalId);
    expect(JSON.stringify(report)).not.toContain(customer.roleArn);
    expect(showRoleArn(JSON.stringify(report), customer.roleArn)).toContain(customer.roleArn);
  });

  test("tells each check as it begins and ends", async () => {
    const customer = await createCustomerRole(base());
    const seen: CheckProgress[] = [];
    const report = await verify(customer, { onCheck: (progress) => seen.push(progress) });
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

  test("is proven for Principal * with the condition: the external ID alone decides", async () => {
    const externalId = newExternalId();
    const trustPolicy = trust({ StringEquals: { "sts:ExternalId": externalId } }, { AWS: "*" });
    const customer = await createCustomerRole({ url: sandbox.url, accountId, externalId, trustPolicy });
    expect((await verify(customer)).outcome).toBe("proven");
  });
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
    for (const check of failed) expect(check).toMatchObject({ cause: expect.any(String), remedy: expect.any(String) });
  });

  test("is not waited for: a tightened trust policy must be proven by the next run", async () => {
    const trustPolicy = trust(undefined);
    const customer = await createCustomerRole({ ...base(), trustPolicy });
    const report = await verify(customer, { waitForPropagation: true });
    expect(report.outcome).toBe("insecure");
    expect(JSON.stringify(report.checks)).toContain("can take a minute");
    expect(offsetMs).toBe(0);
  });
});

describe("a role that cannot be assumed", () => {
  async function expectUnassumable(customer: { roleArn: string; externalId: string }) {
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
    const dependencies = dependenciesOf();
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

describe("our own side", () => {
  test("wrong credentials say nothing about the role", async () => {
    const customer = await createCustomerRole(base());
    const credentials = { accessKeyId: "AKIASANDBOX000000000000", secretAccessKey: "wrong" };
    const report = await verifyRole(dependenciesOf(sandbox.url, credentials), requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(statusOf(report, "assume-role")).toBe("warning");
  });

  test("an unreachable AWS is asked again until the deadline, and proves nothing", async () => {
    const customer = { roleArn: `arn:aws:iam::${accountId}:role/acme/x`, externalId: newExternalId() };
    const dependencies = dependenciesOf("http://127.0.0.1:9");
    const report = await verifyRole(dependencies, requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(dependencies.accessLog.entries.length).toBeGreaterThan(2);
    expect(dependencies.accessLog.entries.every(({ outcome }) => outcome === "error")).toBe(true);
  });

  test("without its access log nothing is verified", async () => {
    const customer = await createCustomerRole(base());
    const accessLog = { record: () => Promise.reject(new Error("database down")) };
    const run = verifyRole({ ...dependenciesOf(), accessLog }, requestFor(customer));
    await expect(run).rejects.toMatchObject({ code: "access-log-failed" });
  });

  test("can be stopped", async () => {
    const customer = await createCustomerRole(base());
    const run = verify(customer, { signal: AbortSignal.abort(), waitForPropagation: true });
    await expect(run).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("AWS without a clear answer to a negative probe", () => {
  /** Throttles requests without an external ID, `times` times. */
  function throttled(times: number) {
    const dependencies = dependenciesOf();
    let left = times;
    dependencies.aws.sts("us-east-1").middlewareStack.add(
      (next, context) => async (call) => {
        const asksWithout =
          context.commandName === "AssumeRoleCommand" && !("ExternalId" in call.input && call.input.ExternalId);
        if (asksWithout && left-- > 0) throw Object.assign(new Error("Rate exceeded"), { name: "Throttling" });
        return next(call);
      },
      { step: "initialize" },
    );
    return dependencies;
  }

  test("is asked again until it has one", async () => {
    const customer = await createCustomerRole(base());
    const waits: CheckProgress[] = [];
    const onCheck = (progress: CheckProgress) => progress.phase === "waiting" && waits.push(progress);
    const report = await verifyRole(throttled(3), requestFor(customer, { onCheck }));
    expect(report.outcome).toBe("proven");
    expect(waits).toHaveLength(3);
    expect(waits[0]).toMatchObject({ id: "reject-missing-external-id", waitingFor: "retry" });
  });

  test("never counts as a refusal", async () => {
    const customer = await createCustomerRole(base());
    const report = await verifyRole(throttled(1_000), requestFor(customer));
    expect(report.outcome).toBe("inconclusive");
    expect(statusOf(report, "reject-missing-external-id")).toBe("warning");
    expect(statusOf(report, "reject-wrong-external-id")).toBe("passed");
  });

  test("does not hide that another probe succeeded, which ends the run", async () => {
    const customer = await createCustomerRole({ ...base(), trustPolicy: trust(undefined) });
    const untilAborted = (_milliseconds: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    const dependencies = { ...throttled(1_000), sleep: untilAborted };
    expect((await verifyRole(dependencies, requestFor(customer))).outcome).toBe("insecure");
  });
});

describe("IAM propagation", () => {
  test("is waited out, and said so", async () => {
    const customer = await createCustomerRole({ url: slowSandbox.url, accountId, externalId: newExternalId() });
    const waits: CheckProgress[] = [];
    const request = requestFor(customer, {
      waitForPropagation: true,
      onCheck: (progress) => progress.phase === "waiting" && waits.push(progress),
    });
    const report = await verifyRole(dependenciesOf(slowSandbox.url), request);
    expect(report.outcome).toBe("proven");
    expect(waits[0]).toMatchObject({ id: "assume-role", waitingFor: "iam-propagation", attempt: 1 });
    expect(offsetMs).toBeGreaterThanOrEqual(propagationMs - 1_000);
  });

  test("is reported as a failure only when the deadline has passed", async () => {
    const request = requestFor(
      { roleArn: `arn:aws:iam::${accountId}:role/acme/None`, externalId: newExternalId() },
      { waitForPropagation: true },
    );
    const report = await verifyRole(dependenciesOf(), request);
    expect(report.outcome).toBe("failed");
    expect(offsetMs).toBeGreaterThan(75_000);
    expect(offsetMs).toBeLessThan(90_000);
  });
});

describe("setup permissions", () => {
  test("that remain are a failure once they should be gone, and not before", async () => {
    const setupExpiresAt = inSevenDays();
    const customer = await createCustomerRole({ ...base(), setupExpiresAt });
    const report = await verify(customer, { expectSetup: "gone" });
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "present" });
    expect(statusOf(report, "setup-permissions")).toBe("failed");
  });

  test("that expired are gone though still attached", async () => {
    const setupExpiresAt = "2026-01-01T00:00:00Z";
    const customer = await createCustomerRole({ ...base(), setupExpiresAt });
    const report = await verify(customer, { expectSetup: "gone" });
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "gone" });
    expect(JSON.stringify(report.checks)).toContain("Expired");
  });

  test("that were never attached are gone", async () => {
    const customer = await createCustomerRole(base());
    expect(await verify(customer)).toMatchObject({ outcome: "proven", setupPermissions: "gone" });
  });

  test("that linger in an inline policy are found", async () => {
    const customer = await createCustomerRole(base());
    await putInlinePolicy(customer, "Leftover", { Effect: "Allow", Action: "ec2:Create*", Resource: "*" });
    const report = await verify(customer, { expectSetup: "gone" });
    expect(report.setupPermissions).toBe("present");
    expect(JSON.stringify(report.checks)).toContain("Leftover");
  });

  test("may hide in a policy that the role cannot read, which is named", async () => {
    const customer = await createCustomerRole(base());
    const document = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    const PolicyArn = await createPolicy(customer.iam, "Foreign", document, "/");
    await customer.iam.send(new AttachRolePolicyCommand({ RoleName: customer.roleName, PolicyArn }));
    const report = await verify(customer, { expectSetup: "gone" });
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "unknown" });
    expect(statusOf(report, "setup-permissions")).toBe("warning");
    expect(JSON.stringify(report.checks)).toContain("Foreign");
  });
});

describe("ongoing permissions", () => {
  test("that are missing fail with the statement to add, and the role stays proven", async () => {
    const without = ["Read"];
    const customer = await createCustomerRole({ ...base(), without });
    const report = await verify(customer);
    expect(report.outcome).toBe("proven");
    const check = report.checks.find(({ id }) => id === "ongoing-permissions");
    expect(check?.status).toBe("failed");
    const statement = check?.evidence.find(({ format }) => format === "code")?.value ?? "{}";
    expect(JSON.parse(statement)).toMatchObject({
      Sid: "Read",
      Action: ["ec2:DescribeInstances", "s3:ListAllMyBuckets"],
    });
  });

  test("that a Deny takes away fail, naming its policy", async () => {
    const customer = await createCustomerRole(base());
    await putInlinePolicy(customer, "NoBuckets", { Effect: "Deny", Action: "s3:*", Resource: "*" });
    const report = await verify(customer);
    expect(statusOf(report, "ongoing-permissions")).toBe("failed");
    expect(JSON.stringify(report.checks)).toContain("NoBuckets");
  });

  test("that the permissions boundary leaves out fail, naming it", async () => {
    const Statement = [{ Effect: "Allow", Action: ["iam:*", "ec2:*"], Resource: "*" }];
    const permissionsBoundary = { Version: "2012-10-17", Statement };
    const customer = await createCustomerRole({ ...base(), permissionsBoundary });
    const report = await verify(customer);
    expect(statusOf(report, "ongoing-permissions")).toBe("failed");
    expect(JSON.stringify(report.checks)).toContain("boundary Boundary");
  });

  test("cannot be seen when the role may not read itself, which is said", async () => {
    const without = ["CrossAccountReadOwnRole", "CrossAccountReadOwnPolicies"];
    const customer = await createCustomerRole({ ...base(), without });
    const report = await verify(customer);
    expect(report).toMatchObject({ outcome: "proven", setupPermissions: "unknown" });
    expect(statusOf(report, "ongoing-permissions")).toBe("failed");
    expect(JSON.stringify(report.checks)).toContain("iam:ListAttachedRolePolicies");
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
    expect(statusOf(report, "identity")).toBe("warning");
  });
});

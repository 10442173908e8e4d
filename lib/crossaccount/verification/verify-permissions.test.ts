import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { createCustomerRole, createPolicy, putInlinePolicy } from "../testing/customer";
import {
  accountId,
  createTestTime,
  inSevenDays,
  newExternalId,
  statusOf,
  type TestTime,
  verifyAt,
} from "../testing/run-verification";

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
    expect(statusOf(report, "ongoing-permissions")).toBe("warning");
    expect(JSON.stringify(report.checks)).toContain("iam:ListAttachedRolePolicies");
  });
});

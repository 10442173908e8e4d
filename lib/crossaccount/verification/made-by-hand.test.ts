import { AttachRolePolicyCommand, CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSandbox, type RunningSandbox } from "../../../sandbox/server";
import { showRoleArn } from "../checks/redaction";
import { expectedTrustPolicy } from "../template";
import { administratorIam, createPolicy, testConfig } from "../testing/customer";
import { accountId, createTestTime, newExternalId, statusOf, verifyAt } from "../testing/run-verification";
import type { VerificationReport } from "../types";

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const RoleName = "made-by-hand";
/** The policy that a report says to add, as its page shows it. */
function policyToAdd(report: VerificationReport, roleArn: string): string {
  const told = report.checks.flatMap(({ evidence }) => evidence).find(({ label }) => label === "Policy to add");
  return showRoleArn(told?.value ?? "", roleArn);
}

const read = { Effect: "Allow", Action: ["ec2:DescribeInstances", "s3:ListAllMyBuckets"], Resource: "*" };
const document = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });

/** The vendor's statements and trust, and nothing that the template adds. */
async function byHand(inline: object[] = [read]) {
  const iam = administratorIam(sandbox.url, accountId, "us-east-1");
  const externalId = newExternalId();
  const AssumeRolePolicyDocument = JSON.stringify(expectedTrustPolicy(testConfig, { partition: "aws", externalId }));
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
  if (inline.length > 0) await put("Vendor", JSON.stringify(document(...inline)));
  const role = { roleArn: Role?.Arn ?? "", externalId };
  return { iam, put, role, verify: () => verifyAt(sandbox.url, createTestTime())(role, { expectSetup: "gone" }) };
}

test("a role without the self-read is told once what it lacks, is not degraded, and is clean once that is added", async () => {
  const { put, role, verify } = await byHand();
  const report = await verify();
  expect(report.outcome).toBe("proven");
  expect(report.checks.filter(({ status }) => status === "failed")).toEqual([]);
  expect(statusOf(report, "ongoing-permissions")).toBe("warning");
  expect(JSON.stringify(report.checks).match(/Policy to add/g)).toHaveLength(1);
  await put("CrossAccountReadSelf", policyToAdd(report, role.roleArn));
  const after = await verify();
  expect(after.checks.filter(({ status }) => status === "failed" || status === "warning")).toEqual([]);
});

test("the command says the same as the statement", async () => {
  const { verify } = await byHand();
  const { checks } = await verify();
  const [way] = checks.flatMap(({ ways }) => ways ?? []);
  const statement = checks.flatMap(({ evidence }) => evidence).find(({ label }) => label === "Policy to add");
  const [, argument = ""] = /--policy-document '(.*)'$/.exec(way?.value ?? "") ?? [];
  expect(JSON.parse(argument)).toEqual(JSON.parse(statement?.value ?? ""));
});

test("with the self-read, a permission that is missing fails as ever", async () => {
  const { put, role, verify } = await byHand([{ ...read, Action: ["ec2:DescribeInstances"] }]);
  await put("CrossAccountReadSelf", policyToAdd(await verify(), role.roleArn));
  expect(statusOf(await verify(), "ongoing-permissions")).toBe("failed");
});

test("its managed policies under its own path are read too", async () => {
  const { iam, put, role, verify } = await byHand([]);
  const PolicyArn = await createPolicy(iam, "Vendor", document(read), "/");
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await put("CrossAccountReadSelf", policyToAdd(await verify(), role.roleArn));
  const after = await verify();
  expect(after.checks.filter(({ status }) => status === "failed" || status === "warning")).toEqual([]);
});

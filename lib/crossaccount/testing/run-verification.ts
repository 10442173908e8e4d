import { createAwsClients } from "../aws/clients";
import type { AwsCredentials } from "../aws/sts-clients";
import { generateExternalId } from "../external-id";
import { systemRandomBytes } from "../random";
import { createMemoryAccessLog } from "../storage/memory-access-log";
import type { CheckId, VerificationReport } from "../types";
import type { VerifyRequest } from "../verification/request";
import { verifyRole } from "../verification/verify";
import { testConfig } from "./customer";

export const vendor = "123456789012";
export const accountId = "111122223333";

export interface RoleToVerify {
  roleArn: string;
  externalId: string;
}

/** The real time, moved on by every wait of a verification instead of slept through. */
export interface TestTime {
  waitedMs: number;
  clock: () => Date;
}

export function createTestTime(): TestTime {
  const time: TestTime = { waitedMs: 0, clock: () => new Date(Date.now() + time.waitedMs) };
  return time;
}

const administrator = { accessKeyId: `AKIASANDBOX${vendor}`, secretAccessKey: "sandbox" };

export function dependenciesOf(
  url: string,
  time: TestTime,
  credentials: AwsCredentials = administrator,
  config = testConfig,
) {
  return {
    config,
    aws: createAwsClients({ endpoint: url, credentials }),
    accessLog: createMemoryAccessLog(),
    clock: time.clock,
    randomBytes: systemRandomBytes,
    jitter: () => 1,
    sleep: async (milliseconds: number) => {
      time.waitedMs += milliseconds;
    },
  };
}

export function requestFor({ roleArn, externalId }: RoleToVerify, change: Partial<VerifyRequest> = {}): VerifyRequest {
  return {
    customerId: "customer-1",
    connectionId: "connection-1",
    roleArn,
    externalId,
    region: "us-east-1",
    expectSetup: "present",
    waitForPropagation: false,
    actor: { type: "customer", id: "person-1" },
    ...change,
  };
}

export function verifyAt(url: string, time: TestTime, config = testConfig) {
  return (role: RoleToVerify, change?: Partial<VerifyRequest>) =>
    verifyRole(dependenciesOf(url, time, administrator, config), requestFor(role, change));
}

export function newExternalId(): string {
  return generateExternalId("acme", systemRandomBytes);
}

export function inSevenDays(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().replace(/\.\d+Z$/, "Z");
}

export function statusOf(report: VerificationReport, id: CheckId) {
  return report.checks.find((check) => check.id === id)?.status;
}

/** A trust policy other than the template's. */
export function trust(condition: object | undefined, principal: unknown = { AWS: `arn:aws:iam::${vendor}:root` }) {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return { Version: "2012-10-17", Statement: [condition ? { ...statement, Condition: condition } : statement] };
}

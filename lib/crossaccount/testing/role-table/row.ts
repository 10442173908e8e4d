import type { CrossAccountConfig } from "../../config/config";
import type { DiagnosisCause } from "../../diagnosis";
import type { ConnectionStatus } from "../../status";
import type { CheckId, CheckStatus } from "../../types";
import type { VerifyRequest } from "../../verification/request";
import { createCustomerRole, type TestCustomer, type TestRole } from "../customer";
import { accountId, newExternalId, type RoleToVerify, type TestTime } from "../run-verification";

/** One thing that goes wrong with AWS's answers. */
export interface TestFault {
  kind: "throttle" | "outage" | "drop" | "garbage";
  service?: string;
  operation?: string;
  /** Requests that are struck; all of them without it. */
  count?: number;
}

/** What the rows ask of a running sandbox beyond its address. */
export interface TestAws {
  url: string;
  faults: { set(rules: readonly TestFault[]): void };
  setOrganization(settings: {
    accountId: string;
    organizationId?: string;
    serviceControlPolicies?: Record<string, unknown>[];
    resourceControlPolicies?: Record<string, unknown>[];
  }): void;
  setRegions(settings: { accountId: string; disabled: string[] }): void;
  setPropagation(ms: number): void;
}

/** What a row has to make its role with. */
export interface RoleWorld {
  sandbox: TestAws;
  time: TestTime;
  externalId: string;
  /** Makes the role as the template does, but for what is given. */
  make: (change?: Partial<TestRole>) => Promise<TestCustomer>;
}

/** One kind of role: how it comes about, and what a verification of it must lead to. */
export interface RoleRow {
  name: string;
  /** AWS page that the expectation comes from. */
  source: string;
  arrange: (world: RoleWorld) => Promise<RoleToVerify>;
  request?: Partial<VerifyRequest>;
  config?: CrossAccountConfig;
  /** Credentials of somebody else than the vendor's administrator. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Status of a connection that was `pending` before. */
  status: ConnectionStatus;
  outcome: "proven" | "insecure" | "failed" | "inconclusive";
  /** Checks that are not `passed`; those that are not named here must be, unless nothing could be checked. */
  checks?: Partial<Record<CheckId, CheckStatus>>;
  /** The diagnosis of the first check that is not passed. */
  cause?: DiagnosisCause;
}

export function roleWorld(sandbox: TestAws, time: TestTime, config?: CrossAccountConfig): RoleWorld {
  const externalId = newExternalId();
  return {
    sandbox,
    time,
    externalId,
    make: (change = {}) =>
      createCustomerRole({ url: sandbox.url, accountId, externalId, ...(config && { config }), ...change }),
  };
}

export const guide = (page: string) => `https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}.html`;
export const organizations = (page: string) =>
  `https://docs.aws.amazon.com/organizations/latest/userguide/${page}.html`;

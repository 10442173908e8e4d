import type { AssumptionDependencies } from "../aws/recorded-assumption";
import type { RetryOptions, Sleep } from "../aws/retry";
import type { CrossAccountConfig } from "../config/config";
import type { RandomBytes } from "../random";
import type { Actor, CheckProgress, ConnectionRegistry } from "../types";

/** What is verified: a role and the external ID that it must ask for. */
export interface VerifyRequest {
  customerId: string;
  connectionId: string;
  roleArn: string;
  externalId: string;
  region: string;
  /** Account that the connection is pinned to. */
  accountId?: string;
  /** Role ID that an earlier verification saw. */
  roleId?: string;
  /** When the connection's role was last assumed by anybody of ours, verifications included; null: never. */
  lastAssumedAt?: Date | null;
  /** When making the role was begun; it is no older. Helps to tell a role that is spreading from one that is wrong. */
  launchedAt?: Date;
  /** Nobody has seen the role yet: its ARN was predicted from the stack's name. */
  arnPredicted?: boolean;
  /** `gone` makes remaining setup permissions a failure. */
  expectSetup: "present" | "gone";
  /** Waits for IAM to spread a change instead of reporting what it said at first. */
  waitForPropagation: boolean;
  /** For finding an answer, in milliseconds; 90,000 when waiting for propagation, else 30,000. */
  deadlineMs?: number;
  actor: Actor;
  signal?: AbortSignal;
  onCheck?: (progress: CheckProgress) => void;
}

export interface VerifyDependencies extends AssumptionDependencies {
  registry?: ConnectionRegistry;
  config: CrossAccountConfig;
  randomBytes: RandomBytes;
  sleep: Sleep;
  /** From 0 up to 1. */
  jitter: () => number;
}

const WAITING_DEADLINE = 90_000;
const DEADLINE = 30_000;

export function deadlineOf({ deadlineMs, waitForPropagation }: VerifyRequest, started: Date): number {
  return started.getTime() + (deadlineMs ?? (waitForPropagation ? WAITING_DEADLINE : DEADLINE));
}

/** How an AWS call is repeated during a verification. */
export function retrying(
  { clock, sleep, jitter }: VerifyDependencies,
  deadline: number,
  signal?: AbortSignal,
): Omit<RetryOptions<unknown>, "again" | "onWait"> {
  return { clock, sleep, jitter, deadline, signal, baseMs: 500, capMs: 8_000 };
}

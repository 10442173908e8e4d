import type { AwsClients } from "../aws/clients";
import type { AssumptionDependencies } from "../aws/recorded-assumption";
import type { RetryOptions, Sleep } from "../aws/retry";
import type { CrossAccountConfig } from "../config/config";
import type { RandomBytes } from "../random";
import type { Actor, CheckProgress, ConnectionRegistry } from "../types";

export interface VerifyIntegrationInput {
  customerId: string;
  /** Needed unless the customer has exactly one connection. */
  connectionId?: string;
  /** Verified instead of the stored role, such as one just proposed. */
  roleArn?: string;
  /** Needed only for a connection that is not stored; must equal the stored one otherwise. */
  externalId?: string;
  /** The stored connection's, else the vendor's default region. */
  region?: string;
  /** The account that the connection is pinned to; the stored one unless given. */
  accountId?: string;
  /** Role ID of an earlier report: `identity` fails when the role was made again since. */
  roleId?: string;
  /**
   * When the role was last assumed by anyone of ours, verifications included; null: never. Use of the role that this does not
   * explain is a warning.
   */
  lastAssumedAt?: Date | null;
  /** When making the role was begun; it is no older. Helps to tell a role that is spreading from one that is wrong. */
  launchedAt?: Date;
  /** Ids of the features that were chosen; what a role of the template says of itself comes first. The config's defaults unless given. */
  features?: readonly string[];
  /** No one has seen the role yet: its ARN was predicted from the stack's name. */
  arnPredicted?: boolean;
  /** Name of the stack that made the role, for remedies; the one of the launch link unless given. */
  stackName?: string;
  /** `gone` makes remaining setup permissions a failure. Default `present`. */
  expectSetup?: "present" | "gone";
  /** Waits for IAM to spread a new role instead of reporting AccessDenied at once. */
  waitForPropagation?: boolean;
  /**
   * Milliseconds in which AWS is asked again for an answer; 90,000 when waiting for propagation, else 30,000. Once the role
   * was assumed, what follows has 15,000 more at least.
   */
  deadlineMs?: number;
  actor?: Actor;
  signal?: AbortSignal;
  onCheck?: (progress: CheckProgress) => void;
}

/** The next external ID of a rotation, which the role accepts before or after the current one. */
export interface NextExternalId {
  externalId: string;
  /** AWS accepted it last, so it is tried first. */
  first: boolean;
}

/** The same with everything filled in that a run cannot do without. */
export type VerifyRequest = VerifyIntegrationInput & {
  next?: NextExternalId | undefined;
  /** Once AWS accepted one of the two: the other one. */
  rotatedId?: string | undefined;
} & Required<
    Pick<
      VerifyIntegrationInput,
      "connectionId" | "roleArn" | "externalId" | "region" | "expectSetup" | "waitForPropagation" | "actor"
    >
  >;

export interface VerifyDependencies extends AssumptionDependencies {
  aws: AwsClients;
  registry?: ConnectionRegistry;
  /** Where the current template lies, as far as it is known at the moment: remedies that need it name it. */
  templateUrl?: (region: string) => string | undefined;
  /** Base of another console than AWS's own, such as a local sandbox's. */
  consoleUrl?: string;
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

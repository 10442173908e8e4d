import type { IAMClient } from "@aws-sdk/client-iam";
import type { RoleSession } from "../aws/assume-role";
import { type AwsFailure, classifyError } from "../aws/classify-error";
import { retry } from "../aws/retry";
import type { RoleArnParts } from "../aws/role-arn";
import type { AwsRead, Result } from "../checks/aws-reading";
import type { PolicyLists } from "../checks/permissions/role-policies";
import type { RoleDetails } from "../checks/role-details";
import type { Progress } from "./progress";
import { retrying, type VerifyDependencies, type VerifyRequest } from "./request";
import type { Secrecy } from "./secrecy";

const READ_MILLISECONDS = 10_000;

export const STOPPED = "The session was not used further, because the role is insecure.";

/** A session of the role and what may be done with it until when. */
export interface Inspection {
  dependencies: VerifyDependencies;
  request: VerifyRequest;
  role: RoleArnParts;
  session: RoleSession;
  iam: IAMClient;
  progress: Progress;
  deadline: number;
  /** Aborts when a request succeeded that the role must refuse. */
  signal: AbortSignal;
  /**
   * What the negative probes prove. A role that anyone may assume may be anyone's, so nothing that was read of it is shown
   * before this is known to be otherwise.
   */
  secrecy: Promise<Secrecy>;
  /** GetRole's answer, asked for once; it comes even when the role is insecure, to say why. */
  details: Promise<Result<RoleDetails>>;
  /** Settles when the stack's name was taken from the role, where it may be, so that remedies name the right one. */
  stackKnown: Promise<void>;
  /** What is attached to the role, asked for once. */
  lists: PolicyLists;
}

/** A new session may be unknown for a moment where it is used first. */
function mayPass({ kind }: AwsFailure): boolean {
  return kind === "inconclusive" || kind === "own-identity";
}

/** Reads that are limited in time and repeated while AWS gives no answer. */
export function createRead(dependencies: VerifyDependencies, deadline: number, signal?: AbortSignal): AwsRead {
  return async (read) => {
    const attempt = async () => {
      try {
        const timeout = AbortSignal.timeout(READ_MILLISECONDS);
        const abortSignal = signal ? AbortSignal.any([signal, timeout]) : timeout;
        return { ok: true as const, value: await read({ abortSignal }) };
      } catch (error) {
        return { ok: false as const, error };
      }
    };
    const result = await retry(attempt, {
      ...retrying(dependencies, deadline, signal),
      again: (answer) => !answer.ok && mayPass(classifyError(answer.error)),
    });
    if (result.ok) return result.value;
    throw result.error;
  };
}

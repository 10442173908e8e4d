import { type AssumeRoleRequest, type AssumeRoleResult, MIN_SESSION_SECONDS } from "../aws/assume-role";
import { assumeRecorded } from "../aws/recorded-assumption";
import { retry } from "../aws/retry";
import { sessionName } from "../aws/session-name";
import type { CrossAccountConfig } from "../config/config";
import { retrying, type VerifyDependencies, type VerifyRequest } from "./request";

const PURPOSE = "verification";

const READING = [
  "iam:GetPolicy",
  "iam:GetPolicyVersion",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "iam:SimulatePrincipalPolicy",
];

/** A session policy can only take away: a session made to prove something reads IAM, makes the declared calls, and no more. */
function sessionPolicy({ ongoingPermissions }: CrossAccountConfig): string {
  const declared = ongoingPermissions.flatMap(({ probe }) => (probe ? [probe.action] : []));
  const Action = [...new Set([...READING, ...declared])];
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
}

/** AssumeRole as one verification sends it: requests differ in their external ID and unique session name alone. */
export type Probe = (externalId: string | undefined) => Promise<AssumeRoleResult>;

export function createProbe(
  dependencies: VerifyDependencies,
  request: Pick<VerifyRequest, "customerId" | "connectionId" | "actor" | "region" | "signal"> & { purpose?: string },
  roleArn: string,
): Probe {
  const { customerId, connectionId, actor, region, signal, purpose = PURPOSE } = request;
  const context = { customerId, connectionId, actor, purpose, region, probe: true };
  const policy = sessionPolicy(dependencies.config);
  return (externalId) => {
    const assume: AssumeRoleRequest = {
      roleArn,
      externalId,
      sessionName: sessionName(connectionId, purpose, dependencies.randomBytes),
      durationSeconds: MIN_SESSION_SECONDS,
      sessionPolicy: policy,
    };
    return assumeRecorded(dependencies, context, assume, { signal });
  };
}

export interface PositiveProbe {
  result: AssumeRoleResult;
  /** The external ID that the result is about: of two, the one that was accepted, else the one that was tried first. */
  externalId: string;
  attempts: number;
  elapsedMs: number;
}

/**
 * Sends the positive probe until AWS answers, and while a new role may still be spreading until it is allowed. While the external ID is
 * rotated, the other one is sent where the first is refused.
 */
export async function probePositively(
  probe: Probe,
  dependencies: VerifyDependencies,
  request: VerifyRequest,
  options: { deadline: number; onWait: (waitingFor: "iam-propagation" | "retry", attempt: number) => void },
): Promise<PositiveProbe> {
  const started = dependencies.clock().getTime();
  let attempts = 0;
  const [first, second] = idsInTurn(request);
  const probed = await retry(
    async () => {
      attempts += 1;
      const result = await probe(first);
      if (second === undefined || !isRefused(result)) return { result, externalId: first };
      const other = await probe(second);
      return other.ok || isInconclusive(other) ? { result: other, externalId: second } : { result, externalId: first };
    },
    {
      ...retrying(dependencies, options.deadline, request.signal),
      again: ({ result }) => isInconclusive(result) || (request.waitForPropagation && isRefused(result)),
      onWait: (attempt, { result }) => options.onWait(isRefused(result) ? "iam-propagation" : "retry", attempt),
    },
  );
  return { ...probed, attempts, elapsedMs: dependencies.clock().getTime() - started };
}

function idsInTurn({ externalId, next }: VerifyRequest): readonly [string, string?] {
  if (!next) return [externalId];
  return next.first ? [next.externalId, externalId] : [externalId, next.externalId];
}

/** Sends a request that must be refused until AWS answers it one way or the other. */
export function probeNegatively(
  probe: Probe,
  externalId: string | undefined,
  dependencies: VerifyDependencies,
  options: { deadline: number; signal?: AbortSignal; onWait: (attempt: number) => void },
): Promise<AssumeRoleResult> {
  return retry(() => probe(externalId), {
    ...retrying(dependencies, options.deadline, options.signal),
    again: isInconclusive,
    onWait: options.onWait,
  });
}

function isInconclusive(result: AssumeRoleResult): boolean {
  return !result.ok && result.failure.kind === "inconclusive";
}

function isRefused(result: AssumeRoleResult): boolean {
  return !result.ok && result.failure.kind === "refused";
}

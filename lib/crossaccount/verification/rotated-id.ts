import { retry } from "../aws/retry";
import type { Result } from "../checks/aws-reading";
import { probeOutcome } from "../checks/negative-probe";
import type { RoleDetails } from "../checks/role-details";
import { parseTrustPolicy } from "../checks/trust/document";
import { namedExternalIds } from "../checks/trust/external-id";
import type { RotationSight } from "../types";
import type { Probe } from "./probe";
import type { Progress } from "./progress";
import { retrying, type VerifyDependencies, type VerifyRequest } from "./request";

/** How long an external ID that was replaced may still be accepted where nobody waits for a change to propagate. */
const SETTLE_MILLISECONDS = 15_000;

interface AskOptions {
  /** The external ID that is not the one in use. */
  rotatedId: string;
  inUse: "current" | "next";
  deadline: number;
  signal: AbortSignal;
  progress: Progress;
}

/**
 * Asks AWS whether it accepts the other external ID too. Where the next one is in use already, the one that it replaces must be refused,
 * which after a change takes a while; where it is not, one answer is enough.
 */
export async function askRotatedId(
  probe: Probe,
  dependencies: VerifyDependencies,
  request: Pick<VerifyRequest, "waitForPropagation">,
  { rotatedId, inUse, deadline, signal, progress }: AskOptions,
): Promise<RotationSight["other"]> {
  const settled = request.waitForPropagation ? deadline : dependencies.clock().getTime() + SETTLE_MILLISECONDS;
  const outcome = await retry(async () => probeOutcome(await probe(rotatedId)), {
    ...retrying(dependencies, Math.min(deadline, settled), signal),
    again: ({ kind }) => kind === "inconclusive" || (inUse === "next" && kind === "succeeded"),
    onWait: (attempt, { kind }) =>
      progress.waiting("reject-wrong-external-id", kind === "succeeded" ? "iam-propagation" : "retry", attempt),
  });
  if (outcome.kind === "succeeded") return "accepted";
  return outcome.kind === "refused" ? "refused" : undefined;
}

/** Whether the role's trust policy, as AWS shows it, names the external ID in any way; undefined where it could not be read. */
export function isListed(externalId: string, details: Result<RoleDetails>): boolean | undefined {
  const statements = details.ok ? parseTrustPolicy(details.value.trustPolicy) : null;
  return statements ? namedExternalIds(statements).includes(externalId) : undefined;
}

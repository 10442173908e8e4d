import type { AwsFailure } from "../aws/classify-error";
import type { DiagnosisContext } from "../diagnosis";
import { askOwnIdentity } from "./own-identity";
import type { VerifyDependencies, VerifyRequest } from "./request";

/** What can be found out about a refused AssumeRole without the role: who we are, how long it was tried, what was before. */
export async function failureContext(
  dependencies: VerifyDependencies,
  request: Pick<
    VerifyRequest,
    "region" | "signal" | "launchedAt" | "roleId" | "arnPredicted" | "waitForPropagation"
  > & {
    /** Without it the simulator is not asked: a search asks every few seconds. */
    roleArn?: string;
  },
  { kind }: AwsFailure,
  elapsedMs: number,
): Promise<DiagnosisContext> {
  const { launchedAt, roleId, arnPredicted, waitForPropagation } = request;
  const ownIdentity = kind === "refused" ? await askOwnIdentity(dependencies, request) : undefined;
  return {
    provenBefore: roleId !== undefined,
    ...(launchedAt && { roleAgeMs: dependencies.clock().getTime() - launchedAt.getTime() }),
    ...(arnPredicted && { arnPredicted }),
    ...(waitForPropagation && { waitedMs: elapsedMs }),
    ...(ownIdentity && { ownIdentity }),
  };
}

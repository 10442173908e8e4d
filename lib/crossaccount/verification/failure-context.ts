import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type AwsFailure, classifyError } from "../aws/classify-error";
import { partitionOfRegion } from "../aws/partition";
import { partitionSettings } from "../config/config";
import type { DiagnosisContext } from "../diagnosis";
import type { VerifyDependencies, VerifyRequest } from "./request";

const ASK_MILLISECONDS = 5_000;

/** What can be found out about a refused AssumeRole without the role: who we are, how long it was tried, what was before. */
export async function failureContext(
  dependencies: VerifyDependencies,
  request: Pick<VerifyRequest, "region" | "signal" | "launchedAt" | "roleId" | "arnPredicted" | "waitForPropagation">,
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

/** GetCallerIdentity needs no permission, so an answer shows whose credentials we have (STS API, GetCallerIdentity). */
async function askOwnIdentity(
  { aws, config }: VerifyDependencies,
  { region, signal }: Pick<VerifyRequest, "region" | "signal">,
): Promise<DiagnosisContext["ownIdentity"]> {
  const partition = partitionOfRegion(region);
  if (!partition) return undefined;
  const timeout = AbortSignal.timeout(ASK_MILLISECONDS);
  try {
    const abortSignal = signal ? AbortSignal.any([signal, timeout]) : timeout;
    const { Account } = await aws.sts(region).send(new GetCallerIdentityCommand({}), { abortSignal });
    return Account === partitionSettings(config, partition).serviceAccountId ? "vendor" : "other-account";
  } catch (error) {
    return classifyError(error).kind === "own-identity" ? "unusable" : undefined;
  }
}

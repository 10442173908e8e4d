import { GetRoleCommand, type IAMClient, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { classifyError } from "../aws/classify-error";
import { partitionOfRegion } from "../aws/partition";
import { partitionSettings } from "../config/config";
import type { DiagnosisContext } from "../diagnosis";
import type { VerifyDependencies, VerifyRequest } from "./request";

const ASK_MILLISECONDS = 5_000;

type Limits = { abortSignal: AbortSignal };

/**
 * Whose credentials we have, which GetCallerIdentity tells everybody (STS API), and whether their own policies allow assuming the
 * role, where they may ask AWS's simulator about themselves.
 */
export async function askOwnIdentity(
  { aws, config }: VerifyDependencies,
  { region, signal, roleArn }: Pick<VerifyRequest, "region" | "signal"> & { roleArn?: string | undefined },
): Promise<DiagnosisContext["ownIdentity"]> {
  const partition = partitionOfRegion(region);
  if (!partition) return undefined;
  const timeout = AbortSignal.timeout(ASK_MILLISECONDS);
  const limits = { abortSignal: signal ? AbortSignal.any([signal, timeout]) : timeout };
  try {
    const { Account, Arn = "" } = await aws.sts(region).send(new GetCallerIdentityCommand({}), limits);
    if (Account !== partitionSettings(config, partition).serviceAccountId) return "other-account";
    if (!roleArn) return "vendor";
    return (await maySelfAssume(aws.iam(region), Arn, roleArn, limits)) ?? "vendor";
  } catch (error) {
    return classifyError(error).kind === "own-identity" ? "unusable" : undefined;
  }
}

/** Undefined where AWS does not say. A role's path stands in no session's ARN, so it is asked for beside a first guess. */
async function maySelfAssume(iam: IAMClient, arn: string, roleArn: string, limits: Limits) {
  const [, prefix, account, name] = /^(arn:[^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (!name) return arn.includes(":user/") ? simulate(iam, arn, roleArn, limits) : undefined;
  const guess = `${prefix}:iam::${account}:role/${name}`;
  const [guessed, own] = await Promise.all([
    simulate(iam, guess, roleArn, limits),
    iam.send(new GetRoleCommand({ RoleName: name }), limits).catch(() => undefined),
  ]);
  const found = own?.Role?.Arn;
  return guessed ?? (found && found !== guess ? simulate(iam, found, roleArn, limits) : undefined);
}

async function simulate(iam: IAMClient, PolicySourceArn: string, roleArn: string, limits: Limits) {
  const ask = new SimulatePrincipalPolicyCommand({
    PolicySourceArn,
    ActionNames: ["sts:AssumeRole"],
    ResourceArns: [roleArn],
  });
  const answer = await iam.send(ask, limits).catch(() => undefined);
  const [result] = answer?.EvaluationResults ?? [];
  if (!result || (result.MissingContextValues?.length ?? 0) > 0) return undefined;
  return result.EvalDecision === "allowed" ? ("allowed" as const) : ("not-allowed" as const);
}

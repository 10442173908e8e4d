import { type AwsFailure, classifyError } from "../../aws/classify-error";
import type { AwsClients } from "../../aws/clients";
import type { AwsCredentials } from "../../aws/sts-clients";
import type { Permission } from "../../grants/permission";

/** What became of a permission's probe call. `unknown`: it gave no clear answer, which proves nothing. */
export interface ProbedCall {
  sid: string;
  action: string;
  answer: { kind: "worked" } | { kind: "refused"; failure: AwsFailure } | { kind: "unknown"; code: string };
}

export interface ProbeSessionSource {
  aws: AwsClients;
  region: string;
  credentials: AwsCredentials;
  signal: AbortSignal;
}

const CALL_MILLISECONDS = 10_000;
/** Refusals of services that do not say AccessDenied. */
const REFUSALS = ["UnauthorizedOperation", "AuthorizationError", "NotAuthorized", "UnauthorizedAccess", "Forbidden"];
/** What a dry run answers that would have worked (EC2 API, common errors). */
const WORKED = ["DryRunOperation"];

/** Makes the real calls that permissions declare, side by side, each once. */
export function probePermissions(
  permissions: readonly Permission[],
  source: ProbeSessionSource,
): Promise<ProbedCall[]> {
  return Promise.all(
    permissions.flatMap(({ sid, probe }) =>
      probe ? [answerOf(probe.call, source).then((answer): ProbedCall => ({ sid, action: probe.action, answer }))] : [],
    ),
  );
}

async function answerOf(
  call: NonNullable<Permission["probe"]>["call"],
  { aws, region, credentials, signal }: ProbeSessionSource,
): Promise<ProbedCall["answer"]> {
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(CALL_MILLISECONDS)]);
    await call({ credentials, region, endpoint: aws.endpoint(region), signal: limited });
    return { kind: "worked" };
  } catch (error) {
    const failure = classifyError(error);
    if (WORKED.includes(failure.code)) return { kind: "worked" };
    if (failure.kind === "refused") return { kind: "refused", failure };
    if (REFUSALS.includes(failure.code)) return { kind: "refused", failure: { ...failure, kind: "refused" } };
    return { kind: "unknown", code: failure.code };
  }
}

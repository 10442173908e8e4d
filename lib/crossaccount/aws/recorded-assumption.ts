import { CrossAccountError, withCode } from "../errors";
import type { AccessLog, AccessLogEntry, BegunAssumption } from "../types";
import { type AssumeRoleRequest, type AssumeRoleResult, type AttemptLimits, assumeRole } from "./assume-role";
import type { StsClients } from "./sts-clients";

export interface AssumptionDependencies {
  aws: StsClients;
  accessLog: AccessLog;
  clock: () => Date;
}

/**
 * Assumes a role and records it before the session is handed on, whatever the answer was.
 * @throws CrossAccountError `access-log-failed`; the session is dropped then
 */
export async function assumeRecorded(
  { aws, accessLog, clock }: AssumptionDependencies,
  context: BegunAssumption,
  request: AssumeRoleRequest,
  limits?: AttemptLimits,
): Promise<AssumeRoleResult> {
  const { sessionName = request.sessionName } = (await begin(accessLog, context)) ?? {};
  const at = clock();
  const result = await assumeRole(aws.sts(context.region), { ...request, sessionName }, limits);
  await recordAssumption(accessLog, {
    ...context,
    ...outcomeOf(result),
    sessionName,
    latencyMs: clock().getTime() - at.getTime(),
    at,
  });
  return result;
}

/** @throws CrossAccountError `access-log-failed`, or that with which the log refused the assumption */
async function begin(accessLog: AccessLog, context: BegunAssumption): Promise<{ sessionName: string } | undefined> {
  return withCode({ code: "access-log-failed", message: notWritten }, async () => accessLog.begin?.(context));
}

/** @throws CrossAccountError `access-log-failed` */
export async function recordAssumption(accessLog: AccessLog, entry: AccessLogEntry): Promise<void> {
  try {
    await accessLog.record(entry);
  } catch (cause) {
    throw new CrossAccountError("access-log-failed", notWritten, { cause });
  }
}

const notWritten = "The access log could not be written, so no credentials are issued. Try again.";

function outcomeOf(
  result: AssumeRoleResult,
): Pick<AccessLogEntry, "outcome" | "errorCode" | "requestId" | "expiresAt"> {
  if (result.ok) {
    return { outcome: "allowed", requestId: result.requestId, expiresAt: result.session.credentials.expiration };
  }
  const { kind, code, requestId } = result.failure;
  return { outcome: kind === "refused" ? "refused" : "error", errorCode: code, requestId };
}

import { CrossAccountError } from "../errors";
import type { AccessLog, AccessLogEntry } from "../types";
import { type AssumeRoleRequest, type AssumeRoleResult, type AttemptLimits, assumeRole } from "./assume-role";
import type { StsClients } from "./sts-clients";

/** Who asks for what: the part of an access log entry that is known before AWS is asked. */
export type AssumptionContext = Pick<
  AccessLogEntry,
  "customerId" | "connectionId" | "actor" | "purpose" | "region" | "probe"
>;

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
  context: AssumptionContext,
  request: AssumeRoleRequest,
  limits?: AttemptLimits,
): Promise<AssumeRoleResult> {
  const at = clock();
  const result = await assumeRole(aws.sts(context.region), request, limits);
  await recordAssumption(accessLog, {
    ...context,
    ...outcomeOf(result),
    sessionName: request.sessionName,
    latencyMs: clock().getTime() - at.getTime(),
    at,
  });
  return result;
}

/** @throws CrossAccountError `access-log-failed` */
export async function recordAssumption(accessLog: AccessLog, entry: AccessLogEntry): Promise<void> {
  try {
    await accessLog.record(entry);
  } catch (cause) {
    throw new CrossAccountError(
      "access-log-failed",
      "The access log could not be written, so no credentials are issued. Try again.",
      { cause },
    );
  }
}

function outcomeOf(
  result: AssumeRoleResult,
): Pick<AccessLogEntry, "outcome" | "errorCode" | "requestId" | "expiresAt"> {
  if (result.ok) {
    return { outcome: "allowed", requestId: result.requestId, expiresAt: result.session.credentials.expiration };
  }
  const { kind, code, requestId } = result.failure;
  return { outcome: kind === "refused" ? "refused" : "error", errorCode: code, requestId };
}

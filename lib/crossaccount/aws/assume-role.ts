import { AssumeRoleCommand, type AssumeRoleCommandOutput, type STSClient } from "@aws-sdk/client-sts";
import { type AwsFailure, classifyError } from "./classify-error";
import type { AwsCredentials } from "./sts-clients";

/** For one try, unless the caller knows better. */
const ATTEMPT_MILLISECONDS = 10_000;
/** Role chaining caps a session at one hour, and whether our own identity came from a role is not ours to know. */
export const MAX_SESSION_SECONDS = 3_600;
export const MIN_SESSION_SECONDS = 900;

export interface AssumeRoleRequest {
  roleArn: string;
  /** None sends the request without one, as a negative probe does. */
  externalId?: string;
  sessionName: string;
  durationSeconds: number;
  /** JSON text. */
  sessionPolicy?: string;
}

export interface RoleSession {
  credentials: AwsCredentials & { readonly sessionToken: string; readonly expiration: Date };
  /** IAM's unique ID of the role, `AROA…`. */
  roleId: string;
  sessionName: string;
  requestId?: string;
}

export interface AttemptLimits {
  signal?: AbortSignal;
  /** Milliseconds after which the try is given up; 10,000 unless given. */
  timeoutMs?: number;
}

export type AssumeRoleResult =
  | { ok: true; session: RoleSession; requestId?: string }
  | { ok: false; failure: AwsFailure };

/** Makes one AssumeRole call and never rejects: whatever happens is classified, and AWS's text stays behind. */
export async function assumeRole(
  sts: STSClient,
  request: AssumeRoleRequest,
  { signal, timeoutMs = ATTEMPT_MILLISECONDS }: AttemptLimits = {},
): Promise<AssumeRoleResult> {
  const attempt = AbortSignal.timeout(timeoutMs);
  try {
    const output = await sts.send(
      new AssumeRoleCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        ExternalId: request.externalId,
        DurationSeconds: Math.min(request.durationSeconds, MAX_SESSION_SECONDS),
        Policy: request.sessionPolicy,
      }),
      { abortSignal: signal ? AbortSignal.any([signal, attempt]) : attempt },
    );
    return readSession(output, request.sessionName);
  } catch (error) {
    return { ok: false, failure: classifyError(error) };
  }
}

function readSession(output: AssumeRoleCommandOutput, sessionName: string): AssumeRoleResult {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = output.Credentials ?? {};
  const roleId = output.AssumedRoleUser?.AssumedRoleId?.split(":")[0];
  const requestId = output.$metadata.requestId;
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !roleId) {
    return { ok: false, failure: { kind: "inconclusive", code: "IncompleteAnswer", throttled: false, requestId } };
  }
  return {
    ok: true,
    requestId,
    session: {
      ...{ roleId, sessionName, requestId },
      credentials: {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        expiration: Expiration,
      },
    },
  };
}

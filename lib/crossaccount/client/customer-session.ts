import { createHash } from "node:crypto";
import { type AssumeRoleRequest, MAX_SESSION_SECONDS, MIN_SESSION_SECONDS, type RoleSession } from "../assume-role";
import type { AwsCredentialProvider } from "../aws-clients";
import type { AwsFailure } from "../classify-error";
import type { AssumeCustomerRoleOptions } from "../client-types";
import type { CrossAccountConfig } from "../config";
import { isUsable } from "../connection-status";
import { CrossAccountError, type CrossAccountErrorCode } from "../errors";
import { assumeRecorded, recordAssumption } from "../recorded-assumption";
import { retry } from "../retry";
import { sessionName } from "../session-name";
import type { Actor, StoredConnection } from "../types";
import { connectionToUse, decryptExternalId, decryptRoleArn } from "./connections";
import type { ClientDependencies } from "./dependencies";
import type { SessionCache } from "./session-cache";

const RETRY_MILLISECONDS = 5_000;
const LONGEST_PURPOSE = 200;

interface SessionRequest {
  actor: Actor;
  purpose: string;
  region?: string;
  sessionPolicy?: string;
  durationSeconds: number;
}

/** A provider that asks the storage for the connection's status each time, and AWS only for a session it does not keep. */
export function customerRoleProvider(
  dependencies: ClientDependencies,
  cache: SessionCache,
  customerId: string,
  options: AssumeCustomerRoleOptions,
): AwsCredentialProvider {
  const request = readOptions(dependencies.config, options);
  return async () => {
    const connection = await connectionToUse(dependencies.storage, customerId, options.connectionId);
    await refuseUnusable(dependencies, connection, request);
    const session = await cache.get(cacheKey(connection, request), () => open(dependencies, connection, request));
    return session.credentials;
  };
}

function readOptions(config: CrossAccountConfig, options: AssumeCustomerRoleOptions): SessionRequest {
  const { sessionPolicy, durationSeconds } = options;
  const purpose = options.purpose.trim();
  if (purpose.length === 0 || purpose.length > LONGEST_PURPOSE) {
    throw invalid(`The purpose must say in 1 to ${LONGEST_PURPOSE} characters what the session is for.`);
  }
  const duration = durationSeconds ?? Math.min(config.sessionDuration, MAX_SESSION_SECONDS);
  if (!Number.isInteger(duration) || duration < MIN_SESSION_SECONDS || duration > MAX_SESSION_SECONDS) {
    throw invalid(`durationSeconds must be a whole number from ${MIN_SESSION_SECONDS} to ${MAX_SESSION_SECONDS}.`);
  }
  return {
    actor: options.actor ?? { type: "service", id: config.serviceName },
    purpose,
    region: options.region,
    sessionPolicy: typeof sessionPolicy === "object" ? JSON.stringify(sessionPolicy) : sessionPolicy,
    durationSeconds: duration,
  };
}

/** Our own refusal is in the access log like one of AWS. */
async function refuseUnusable(
  { accessLog, clock }: ClientDependencies,
  connection: StoredConnection,
  request: SessionRequest,
): Promise<void> {
  if (isUsable(connection.status) && connection.roleArn) return;
  const code: CrossAccountErrorCode = "connection-unusable";
  await recordAssumption(accessLog, {
    customerId: connection.customerId,
    connectionId: connection.connectionId,
    actor: request.actor,
    purpose: request.purpose,
    region: request.region ?? connection.region,
    sessionName: "",
    outcome: "refused",
    errorCode: code,
    latencyMs: 0,
    probe: false,
    at: clock(),
  });
  throw new CrossAccountError(
    code,
    `The connection is ${connection.status}; credentials are issued only when it is active, in setup or degraded.`,
  );
}

/** Everything that makes a session another one: it is never shared between actors or purposes. */
function cacheKey(connection: StoredConnection, request: SessionRequest): string {
  const { actor, purpose, region, sessionPolicy, durationSeconds } = request;
  const secrets = createHash("sha256")
    .update(connection.externalId)
    .update(connection.roleArn ?? "")
    .digest("base64");
  const { customerId, connectionId } = connection;
  const asked = [actor.type, actor.id, purpose, region ?? connection.region, sessionPolicy ?? null, durationSeconds];
  return JSON.stringify([customerId, connectionId, secrets, ...asked]);
}

async function open(
  dependencies: ClientDependencies,
  connection: StoredConnection,
  { actor, purpose, region = connection.region, sessionPolicy, durationSeconds }: SessionRequest,
): Promise<RoleSession> {
  const { config, encryptor, clock, sleep, jitter, randomBytes } = dependencies;
  const { customerId, connectionId } = connection;
  const [roleArn, externalId] = await Promise.all([
    decryptRoleArn(encryptor, connection),
    decryptExternalId(encryptor, connection),
  ]);
  const context = { customerId, connectionId, actor, purpose, region, probe: false };
  const attempt = () => {
    const request: AssumeRoleRequest = {
      roleArn: roleArn ?? "",
      externalId,
      sessionName: sessionName(config.serviceName, purpose, randomBytes),
      durationSeconds,
      sessionPolicy,
    };
    return assumeRecorded(dependencies, context, request);
  };
  const result = await retry(attempt, {
    clock,
    sleep,
    jitter,
    deadline: clock().getTime() + RETRY_MILLISECONDS,
    baseMs: 200,
    capMs: 2_000,
    again: (answer) => !answer.ok && answer.failure.kind === "inconclusive",
  });
  if (result.ok) return result.session;
  throw failed(result.failure);
}

function failed(failure: AwsFailure): CrossAccountError {
  switch (failure.kind) {
    case "refused":
      return new CrossAccountError(
        "access-denied",
        "AWS refused to assume the customer's role: it was changed or deleted. Verify the connection to see why.",
      );
    case "region-disabled":
      return new CrossAccountError(
        "region-disabled",
        "STS is not active in this region for the customer's account. Use another region.",
      );
    case "own-identity":
      return new CrossAccountError(
        "identity-invalid",
        `AWS did not accept our own credentials (${failure.code}). Check the credentials that this process runs with.`,
      );
    case "invalid-request":
      return new CrossAccountError(
        "request-invalid",
        `AWS did not accept the request (${failure.code}). Check the session policy and its size.`,
      );
    case "inconclusive":
      return failure.throttled
        ? new CrossAccountError("throttled", "AWS is limiting our requests. Try again in a moment.")
        : new CrossAccountError("aws-unavailable", `AWS gave no answer (${failure.code}). Try again in a moment.`);
  }
}

function invalid(message: string): CrossAccountError {
  return new CrossAccountError("input-invalid", message);
}

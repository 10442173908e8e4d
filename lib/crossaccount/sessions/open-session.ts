import type { RoleSession } from "../aws/assume-role";
import { partitionOfRegion } from "../aws/partition";
import { type AssumptionDependencies, assumeRecorded, recordAssumption } from "../aws/recorded-assumption";
import { sessionName } from "../aws/session-name";
import { CrossAccountError } from "../errors";
import type { RandomBytes } from "../random";
import { decryptExternalId, decryptRoleArn } from "../storage/connections";
import type { Encryptor, StoredConnection } from "../types";
import { assumptionError } from "./assumption-error";
import type { SessionRequest } from "./session-request";
import { CIRCUIT_OPEN, type StsFailover } from "./sts-failover";

export interface OpenSessionDependencies extends AssumptionDependencies {
  encryptor: Encryptor;
  randomBytes: RandomBytes;
  /** Milliseconds after which one Region's STS is given up for the next. */
  attemptMs: number;
}

/**
 * Opens a session of the customer's role. Every AssumeRole that was sent is in the access log before this resolves.
 * @throws CrossAccountError why there is none
 */
export async function openSession(
  dependencies: OpenSessionDependencies,
  askSts: StsFailover,
  connection: StoredConnection,
  request: SessionRequest,
  signal: AbortSignal,
): Promise<RoleSession> {
  const { accessLog, encryptor, clock, randomBytes, attemptMs } = dependencies;
  const { customerId, connectionId } = connection;
  const { actor, purpose, sessionPolicy, durationSeconds, region: home = connection.region } = request;
  requireSamePartition(home, connection.region);
  const [roleArn, externalId] = await Promise.all([
    decryptRoleArn(encryptor, connection),
    decryptExternalId(encryptor, connection),
  ]);
  const context = { customerId, connectionId, actor, purpose, probe: false };
  const result = await askSts(
    home,
    (region, roundSignal) =>
      assumeRecorded(
        dependencies,
        { ...context, region },
        {
          roleArn: roleArn ?? "",
          externalId,
          sessionName: sessionName(connectionId, purpose, randomBytes),
          durationSeconds,
          sessionPolicy,
        },
        { signal: roundSignal, timeoutMs: attemptMs },
      ),
    signal,
  );
  if (result.ok) return result.session;
  if (result.failure.code === CIRCUIT_OPEN) {
    const unasked = { outcome: "error", errorCode: CIRCUIT_OPEN, sessionName: "", latencyMs: 0, at: clock() } as const;
    await recordAssumption(accessLog, { ...context, ...unasked, region: home });
  }
  throw assumptionError(result.failure);
}

/** No role is known to another partition, and its STS is none of theirs who should learn the external ID. */
function requireSamePartition(region: string, home: string): void {
  if (partitionOfRegion(region) === partitionOfRegion(home)) return;
  throw new CrossAccountError(
    "region-not-supported",
    "The Region is not in this connection's partition. Leave it out, or name one in the same partition.",
  );
}

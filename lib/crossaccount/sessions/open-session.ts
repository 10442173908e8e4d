import type { AssumeRoleResult, RoleSession } from "../aws/assume-role";
import { type Partition, partitionOfRegion } from "../aws/partition";
import { type AssumptionDependencies, assumeRecorded, recordAssumption } from "../aws/recorded-assumption";
import { sessionName } from "../aws/session-name";
import { CrossAccountError } from "../errors";
import type { RandomBytes } from "../random";
import { decryptRoleArn } from "../storage/connections";
import { decryptKnownId, type KnownExternalId } from "../storage/external-ids";
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

export interface OpenedSession extends RoleSession {
  /** By which AWS let us in. */
  externalId: KnownExternalId;
}

/**
 * Opens a session of the customer's role. Every AssumeRole that was sent is in the access log before this resolves. Where AWS refuses
 * one external ID the other one is tried, if there is one; any other answer is the answer.
 * @throws CrossAccountError why there is none
 */
export async function openSession(
  dependencies: OpenSessionDependencies,
  askSts: StsFailover,
  connection: StoredConnection,
  externalIds: readonly KnownExternalId[],
  request: SessionRequest,
  signal: AbortSignal,
): Promise<OpenedSession> {
  const { accessLog, encryptor, clock, randomBytes, attemptMs } = dependencies;
  const { customerId, connectionId } = connection;
  const { actor, purpose, sessionPolicy, durationSeconds, region: home = connection.region } = request;
  requireSamePartition(home, connection.region);
  const roleArn = await decryptRoleArn(encryptor, connection);
  const context = { customerId, connectionId, actor, purpose, probe: false };
  const ask = async (known: KnownExternalId): Promise<AssumeRoleResult> => {
    const externalId = await decryptKnownId(encryptor, connection, known);
    return askSts(
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
  };
  const { result, externalId } = await askInTurn(externalIds, ask);
  if (result.ok) return { ...result.session, externalId };
  if (result.failure.code === CIRCUIT_OPEN) {
    const unasked = { outcome: "error", errorCode: CIRCUIT_OPEN, sessionName: "", latencyMs: 0, at: clock() } as const;
    await recordAssumption(accessLog, { ...context, ...unasked, region: home });
  }
  throw assumptionError(result.failure);
}

async function askInTurn(
  [externalId, ...others]: readonly KnownExternalId[],
  ask: (externalId: KnownExternalId) => Promise<AssumeRoleResult>,
): Promise<{ result: AssumeRoleResult; externalId: KnownExternalId }> {
  if (!externalId) throw new Error("A connection has an external ID.");
  const result = await ask(externalId);
  const isRefused = !result.ok && result.failure.kind === "refused";
  return isRefused && others.length > 0 ? askInTurn(others, ask) : { result, externalId };
}

/** No role is known to another partition, and its STS is none of theirs who should learn the external ID. */
export function requireSamePartition(region: string, home: string): Partition {
  const partition = partitionOfRegion(region);
  if (partition && partition === partitionOfRegion(home)) return partition;
  throw new CrossAccountError(
    "region-not-supported",
    "The Region is not in this connection's partition. Leave it out, or name one in the same partition.",
  );
}

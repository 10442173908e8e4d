import type { Partition } from "../aws/partition";
import { recordAssumption } from "../aws/recorded-assumption";
import { sessionName } from "../aws/session-name";
import { connectionToUse, decryptRoleArn } from "../storage/connections";
import { decryptKnownId, externalIdsOf } from "../storage/external-ids";
import { requireSamePartition } from "./open-session";
import { requireUsable } from "./require-usable";
import { type AssumeCustomerRoleOptions, readSessionRequest } from "./session-request";
import type { SessionsDependencies } from "./sessions";

export interface AnnounceAssumptionOptions extends Omit<AssumeCustomerRoleOptions, "sessionPolicy"> {
  /** A UUID that the entry in the access log is to have, where whoever keeps that log gives entries IDs. */
  entryId?: string;
}

/** All that a caller with an AWS identity of its own needs, to assume a customer's role once, now. */
export interface AnnouncedAssumption {
  connectionId: string;
  roleArn: string;
  /** In the order in which to try them: two while one is rotated, of which AWS refuses one. */
  externalIds: [string, ...string[]];
  /** By which the customer finds the session in CloudTrail and in the access log. */
  sessionName: string;
  region: string;
  partition: Partition;
  durationSeconds: number;
  /** When the session ends, if it begins now. */
  expiresAt: Date;
}

/**
 * Tells what is needed to assume a customer's role to a caller that asks AWS itself. The access log has it before this resolves; what
 * became of it only the caller knows. Refused where `assumeCustomerRole` refuses.
 * @throws CrossAccountError `connection-not-found`, `connection-ambiguous`, `connection-unusable`, `region-not-supported`,
 * `input-invalid`, `access-log-failed`, `decryption-failed`
 */
export async function announceAssumption(
  dependencies: SessionsDependencies,
  customerId: string,
  options: AnnounceAssumptionOptions,
): Promise<AnnouncedAssumption> {
  const { config, storage, encryptor, accessLog, clock, randomBytes } = dependencies;
  const request = readSessionRequest(config, options);
  const connection = await connectionToUse(storage, customerId, options.connectionId);
  await requireUsable(dependencies, connection, request);
  const { connectionId } = connection;
  const { actor, purpose, durationSeconds, region = connection.region } = request;
  const partition = requireSamePartition(region, connection.region);
  const roleArn = (await decryptRoleArn(encryptor, connection)) ?? "";
  const [first = "", ...others] = await Promise.all(
    externalIdsOf(connection).map((known) => decryptKnownId(encryptor, connection, known)),
  );
  const name = sessionName(connectionId, purpose, randomBytes);
  const at = clock();
  const expiresAt = new Date(at.getTime() + durationSeconds * 1_000);
  await recordAssumption(accessLog, {
    ...{ id: options.entryId, customerId, connectionId, actor, purpose, region, sessionName: name, at, expiresAt },
    ...{ outcome: "allowed", source: "announced", latencyMs: 0, probe: false },
  });
  return {
    ...{ connectionId, roleArn, externalIds: [first, ...others], sessionName: name },
    ...{ region, partition, durationSeconds, expiresAt },
  };
}

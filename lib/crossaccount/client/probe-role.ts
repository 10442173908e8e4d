import { partitionOfRegion } from "../aws/partition";
import { formatRoleArn, parseRoleArn } from "../aws/role-arn";
import { checkAssumeRole } from "../checks/assume-role";
import { CrossAccountError } from "../errors";
import { decryptExternalId, requireConnection } from "../storage/connections";
import { decryptKnownId } from "../storage/external-ids";
import type { Check, Encryptor, StoredConnection } from "../types";
import { failureContext } from "../verification/failure-context";
import { createProbe } from "../verification/probe";
import type { ClientDependencies } from "./dependencies";
import type { ProbeRoleInput } from "./types";

/** Tries once whether a role can be assumed with a stored connection's external ID, and drops the session. */
export async function probeRole(dependencies: ClientDependencies, input: ProbeRoleInput): Promise<Check> {
  const { storage, encryptor, clock } = dependencies;
  const connection = await requireConnection(storage, input.customerId, input.connectionId);
  const { customerId, connectionId, region } = connection;
  const role = parseRoleArn(input.roleArn, { partition: partitionOfRegion(region) });
  const externalId = await externalIdToProbe(encryptor, connection, input);
  const actor = input.actor ?? { type: "system", id: "role-search" };
  const { launchedAt, signal } = input;
  const request = { customerId, connectionId, region, actor, signal };
  const begun = clock().getTime();
  const result = await createProbe(dependencies, request, formatRoleArn(role))(externalId);
  const asked = { attempts: 1, elapsedMs: clock().getTime() - begun, region };
  if (result.ok) return checkAssumeRole(asked);
  const { failure } = result;
  const known = { region, signal, launchedAt, arnPredicted: true, waitForPropagation: false };
  const context = await failureContext(dependencies, known, failure, asked.elapsedMs);
  return checkAssumeRole({ ...asked, failure, context });
}

async function externalIdToProbe(
  encryptor: Encryptor,
  connection: StoredConnection,
  { next = false }: ProbeRoleInput,
): Promise<string> {
  if (!next) return decryptExternalId(encryptor, connection);
  if (connection.nextExternalId)
    return decryptKnownId(encryptor, connection, { which: "next", ciphertext: connection.nextExternalId });
  throw new CrossAccountError("input-invalid", "No rotation of this connection's external ID runs.");
}

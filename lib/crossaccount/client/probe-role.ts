import { formatRoleArn, parseRoleArn } from "../arn";
import type { ProbeRoleInput, RoleProbe } from "../client-types";
import { partitionOfRegion } from "../partition";
import { createProbe } from "../verification/probe";
import { decryptExternalId, requireConnection } from "./connections";
import type { ClientDependencies } from "./dependencies";

/** Tries once whether a role can be assumed with a stored connection's external ID, and drops the session. */
export async function probeRole(dependencies: ClientDependencies, input: ProbeRoleInput): Promise<RoleProbe> {
  const { storage, encryptor } = dependencies;
  const connection = await requireConnection(storage, input.customerId, input.connectionId);
  const { customerId, connectionId, region } = connection;
  const role = parseRoleArn(input.roleArn, { partition: partitionOfRegion(region) });
  const externalId = await decryptExternalId(encryptor, connection);
  const actor = input.actor ?? { type: "system", id: "role-search" };
  const request = { customerId, connectionId, region, actor, signal: input.signal };
  const result = await createProbe(dependencies, request, formatRoleArn(role))(externalId);
  if (result.ok) return "assumable";
  return result.failure.kind === "refused" ? "refused" : "inconclusive";
}

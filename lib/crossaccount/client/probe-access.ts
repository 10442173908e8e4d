import { formatRoleArn, parseRoleArn } from "../aws/role-arn";
import { partitionSettings } from "../config/config";
import { CrossAccountError } from "../errors";
import { decryptRoleArn, requireConnection } from "../storage/connections";
import { decryptKnownId, externalIdsOf } from "../storage/external-ids";
import { askOwnIdentity } from "../verification/own-identity";
import { createProbe } from "../verification/probe";
import type { ClientDependencies } from "./dependencies";
import type { AccessAnswer, ProbeAccessInput } from "./types";

const PURPOSE = "access-check";

/** Asks AWS once whether it still lets us in, with our own identity as the positive control of a refusal. */
export async function probeAccess(dependencies: ClientDependencies, input: ProbeAccessInput): Promise<AccessAnswer> {
  const { storage, encryptor, clock, config } = dependencies;
  const connection = await requireConnection(storage, input.customerId, input.connectionId);
  const { customerId, connectionId, region } = connection;
  const stored = await decryptRoleArn(encryptor, connection);
  if (!stored) throw new CrossAccountError("input-invalid", "This connection has no role to ask for.");
  const role = parseRoleArn(stored);
  const roleArn = formatRoleArn(role);
  const { signal, actor = { type: "system", id: "access-check" } } = input;
  const request = { customerId, connectionId, region, actor, signal, purpose: PURPOSE };
  const probe = createProbe(dependencies, request, roleArn);
  let errorCode: string | undefined;
  // While an external ID is rotated the role may accept either: gone is what refuses both.
  for (const known of externalIdsOf(connection)) {
    const result = await probe(await decryptKnownId(encryptor, connection, known));
    const at = clock().toISOString();
    if (result.ok) return { answer: "allowed", at };
    errorCode = result.failure.code;
    if (result.failure.kind !== "refused") return { answer: "unclear", errorCode, at };
  }
  const at = clock().toISOString();
  const own = await askOwnIdentity(dependencies, { region, signal, roleArn });
  if (own !== "vendor" && own !== "allowed") return { answer: "unclear", ...(errorCode && { errorCode }), at };
  const ownAccountId = partitionSettings(config, role.partition).serviceAccountId;
  return { answer: "refused", ...(errorCode && { errorCode }), at, ownAccountId };
}

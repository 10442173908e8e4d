import { CrossAccountError } from "../errors";
import { generateExternalId } from "../external-id";
import { buildUpdateUrl } from "../launch/launch-link";
import { updateStackCommand } from "../launch/stack-commands";
import { stackNames } from "../launch/stack-names";
import { isUsable } from "../status";
import { connectionToUse } from "../storage/connections";
import type { ConnectionScope, StoredConnection, VerificationReport } from "../types";
import { rotationState } from "../verification/rotation-state";
import type { ClientDependencies } from "./dependencies";
import type { RotationInput, StartedRotation, StartRotationInput } from "./types";

/**
 * Issues the external ID that is to take the current one's place. Both are tried from now on, so that no use fails while the customer
 * updates the stack.
 */
export async function startRotation(
  dependencies: ClientDependencies,
  input: StartRotationInput,
): Promise<StartedRotation> {
  const { config, storage, encryptor, randomBytes, consoleUrl } = dependencies;
  const exchange = requireExchange(dependencies);
  const connection = await connectionToUse(storage, input.customerId, input.connectionId);
  const { customerId, connectionId, region, externalId: current } = connection;
  if (connection.nextExternalId) throw running();
  if (!isUsable(connection.status)) throw notUsable(connection);
  const externalId = generateExternalId(config.externalIdPrefix, randomBytes);
  const nextExternalId = await encryptor.encrypt(externalId, { customerId, connectionId, field: "externalId" });
  const started = await exchange(
    { customerId, connectionId },
    { externalId: current, nextExternalId: null },
    { externalId: current, nextExternalId, nextAccepted: false },
  );
  if (!started) {
    const since = await connectionToUse(storage, customerId, connectionId);
    throw isUsable(since.status) ? running() : notUsable(since);
  }
  const { stackName = stackNames(config, connectionId).stackName } = input;
  return {
    ...{ connectionId, externalId, stackName },
    updateStackCommand: updateStackCommand({ region, stackName, parameters: { ExternalId: externalId } }),
    updateUrl: buildUpdateUrl({ region, stackId: stackName, consoleUrl }),
  };
}

/** Takes the next external ID back. AWS is asked first: one that it accepts, or is about to accept, is in use. */
export async function abandonRotation(
  dependencies: ClientDependencies,
  input: RotationInput,
  verify: (scope: ConnectionScope) => Promise<VerificationReport>,
): Promise<{ connectionId: string }> {
  const exchange = requireExchange(dependencies);
  const connection = await connectionToUse(dependencies.storage, input.customerId, input.connectionId);
  const { customerId, connectionId, externalId, nextExternalId = null } = connection;
  if (!nextExternalId) return { connectionId };
  const { rotation = {} } = await verify({ customerId, connectionId });
  if (rotationState(rotation) !== "unused") {
    throw new CrossAccountError(
      "external-id-in-use",
      "The new external ID is in use in AWS, or it is not sure that it is not, so it is kept. Verify the connection to complete the rotation, or give the stack its former external ID first.",
    );
  }
  const retired = { externalId, nextExternalId: null, nextAccepted: false };
  if (await exchange({ customerId, connectionId }, { externalId, nextExternalId }, retired)) return { connectionId };
  throw new CrossAccountError("external-id-in-use", "The rotation ended meanwhile. Read the connection again.");
}

/** Keeps what a report saw of the two external IDs: which is in use, and that the former one is refused, which retires it. */
export async function settleRotation(
  { storage }: Pick<ClientDependencies, "storage">,
  connection: StoredConnection,
  { outcome, rotation }: VerificationReport,
): Promise<void> {
  const { customerId, connectionId, externalId, nextExternalId = null, nextAccepted = false } = connection;
  if (!nextExternalId || !rotation?.inUse) return;
  const before = { externalId, nextExternalId };
  if (outcome === "proven" && rotationState(rotation) === "complete") {
    const completed = { externalId: nextExternalId, nextExternalId: null, nextAccepted: false };
    await storage.exchangeExternalIds?.({ customerId, connectionId }, before, completed);
  } else if (nextAccepted !== (rotation.inUse === "next")) {
    const noted = { ...before, nextAccepted: !nextAccepted };
    await storage.exchangeExternalIds?.({ customerId, connectionId }, before, noted);
  }
}

function requireExchange({ storage }: Pick<ClientDependencies, "storage">) {
  if (storage.exchangeExternalIds) return storage.exchangeExternalIds;
  throw new CrossAccountError(
    "input-invalid",
    "The storage cannot rotate external IDs: it has no exchangeExternalIds. Add it, as the interface CredentialStorage describes it.",
  );
}

function running(): CrossAccountError {
  return new CrossAccountError(
    "rotation-running",
    "A rotation of this external ID runs already. Complete it by updating the stack, or abandon it; then start another.",
  );
}

function notUsable({ status }: StoredConnection): CrossAccountError {
  return new CrossAccountError(
    "connection-unusable",
    `The connection is ${status}; an external ID is rotated only while the connection is active, in setup or degraded.`,
  );
}

import { randomUUID } from "node:crypto";
import { partitionOfRegion } from "../aws/partition";
import { type CrossAccountConfig, partitionSettings } from "../config/config";
import { CrossAccountError } from "../errors";
import { generateExternalId } from "../external-id";
import { buildLaunchUrl } from "../launch/launch-link";
import { stackNames } from "../launch/stack-names";
import { decryptExternalId, requireConnection } from "../storage/connections";
import { setupExpiry, stackParameters } from "../template";
import type { ClientDependencies } from "./dependencies";
import type { GenerateIntegrationUrlInput, IntegrationUrl } from "./types";

/** Issues or finds the external ID, uploads the template and builds the launch link. */
export async function generateIntegrationUrl(
  dependencies: ClientDependencies,
  input: GenerateIntegrationUrlInput,
): Promise<IntegrationUrl> {
  const { config, clock, consoleUrl, templateUrls } = dependencies;
  const { connectionId, externalId, region, store } = await connectionFor(dependencies, input);
  const { stackName, roleName } = { ...stackNames(config, connectionId), ...definedNames(input) };
  const templateUrl = await templateUrls.publish(region);
  const setupExpiresAt = setupExpiry(config, clock());
  const { permissionsBoundaryArn, features } = input;
  const parameters = stackParameters(config, {
    region,
    externalId,
    roleName,
    setupPhase: true,
    setupExpiresAt,
    permissionsBoundaryArn,
    features,
  });
  const launchUrl = buildLaunchUrl({ region, stackName, templateUrl, parameters, consoleUrl });
  // Only now: a link that could not be made leaves no connection behind.
  await store();
  return { connectionId, launchUrl, externalId, stackName, roleName, templateUrl, setupExpiresAt };
}

async function connectionFor(
  dependencies: ClientDependencies,
  input: GenerateIntegrationUrlInput,
): Promise<{ connectionId: string; externalId: string; region: string; store: () => Promise<void> }> {
  const { config, storage, encryptor, randomBytes } = dependencies;
  const { customerId } = input;
  if (input.connectionId) {
    const connection = await requireConnection(storage, customerId, input.connectionId);
    const region = servedRegion(config, input.region ?? connection.region);
    const externalId = await decryptExternalId(encryptor, connection);
    return { connectionId: connection.connectionId, externalId, region, store: async () => {} };
  }
  const region = servedRegion(config, input.region ?? config.defaultRegion);
  const connectionId = randomUUID();
  const externalId = generateExternalId(config.externalIdPrefix, randomBytes);
  const ciphertext = await encryptor.encrypt(externalId, { customerId, connectionId, field: "externalId" });
  const connection = { customerId, connectionId, accountId: null, roleArn: null, externalId: ciphertext, region };
  return { connectionId, externalId, region, store: () => storage.put({ ...connection, status: "pending" }) };
}

function servedRegion(config: CrossAccountConfig, region: string): string {
  const partition = partitionOfRegion(region);
  if (partition && partitionSettings(config, partition).regions.includes(region)) return region;
  throw new CrossAccountError(
    "region-not-supported",
    `${config.branding.productName} cannot be connected from this region. Choose one that it lists.`,
  );
}

function definedNames({ stackName, roleName }: GenerateIntegrationUrlInput) {
  return { ...(stackName && { stackName }), ...(roleName && { roleName }) };
}

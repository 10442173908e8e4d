import type { CrossAccountConfig } from "../config/config";
import { CrossAccountError } from "../errors";
import { requireInput, requireText } from "../required-input";
import { announceAssumption } from "../sessions/announce-assumption";
import { createSessions } from "../sessions/sessions";
import { decryptRoleArn, onlyConnection } from "../storage/connections";
import { renderTemplate } from "../template";
import type { ConnectionScope, VerificationReport } from "../types";
import type { VerifyDependencies, VerifyIntegrationInput } from "../verification/request";
import { verifyRole } from "../verification/verify";
import { type ClientDependencies, resolveDependencies } from "./dependencies";
import { generateIntegrationUrl } from "./integration-url";
import { probeAccess } from "./probe-access";
import { probeRole } from "./probe-role";
import { readIdentity } from "./read-identity";
import { sealReport } from "./report-seal";
import { abandonRotation, startRotation } from "./rotation";
import { externalIdsFor, storeCredentials } from "./store-credentials";
import type { CrossAccountClient, CrossAccountClientOptions } from "./types";

/** The library's verbs over one config. Keep one client for the life of the process: it keeps sockets and sessions. */
export function createCrossAccountClient(
  config: CrossAccountConfig,
  options: CrossAccountClientOptions = {},
): CrossAccountClient {
  const dependencies = resolveDependencies(config, options);
  const sessions = createSessions(dependencies);
  return {
    generateIntegrationUrl: async (input) => generateIntegrationUrl(dependencies, requireInput(input)),
    publishTemplate: dependencies.templateUrls.publish,
    templateUrl: dependencies.templateUrls.find,
    generateCloudFormationTemplate: () => renderTemplate(config),
    probeRole: async (input) => probeRole(dependencies, requireInput(input, ["connectionId", "roleArn"])),
    probeAccess: async (input) => probeAccess(dependencies, requireInput(input, ["connectionId"])),
    verifyIntegration: async (input) => verifyIntegration(dependencies, requireInput(input)),
    storeCustomerCredentials: async (input) => {
      requireInput(input, ["roleArn"]);
      const stored = await storeCredentials(dependencies, input);
      sessions.invalidate(input.customerId, stored.connectionId);
      return stored;
    },
    startRotation: async (input) => {
      const started = await startRotation(dependencies, requireInput(input));
      sessions.invalidate(input.customerId, started.connectionId);
      return started;
    },
    abandonRotation: async (input) => {
      const verify = (scope: ConnectionScope) => verifyIntegration(dependencies, scope);
      const ended = await abandonRotation(dependencies, requireInput(input), verify);
      sessions.invalidate(input.customerId, ended.connectionId);
      return ended;
    },
    assumeCustomerRole(customerId, options) {
      requireText("customerId", customerId);
      return sessions.provider(customerId, options);
    },
    announceAssumption: async (customerId, options) => {
      requireText("customerId", customerId);
      return announceAssumption(dependencies, customerId, options);
    },
    readIdentity: async (customerId, options) => {
      requireText("customerId", customerId);
      return readIdentity(dependencies, await sessions.use(customerId, options));
    },
    issueCredentials: async (customerId, options) => {
      requireText("customerId", customerId);
      return sessions.issue(customerId, options);
    },
    invalidate: sessions.invalidate,
  };
}

async function verifyIntegration(
  dependencies: ClientDependencies,
  input: VerifyIntegrationInput,
): Promise<VerificationReport> {
  const { storage, encryptor, config } = dependencies;
  const stored = input.connectionId
    ? await storage.get(input.customerId, input.connectionId)
    : await onlyConnection(storage, input.customerId);
  const { current: externalId, next } = await externalIdsFor(dependencies, input, stored);
  const roleArn = input.roleArn ?? (stored && (await decryptRoleArn(encryptor, stored)));
  if (!roleArn) {
    throw new CrossAccountError("input-invalid", "This connection has no role yet. Pass the role's ARN as roleArn.");
  }
  const region = input.region ?? stored?.region ?? config.defaultRegion;
  const connectionId = stored?.connectionId ?? input.connectionId ?? "";
  const report = await verifyRole(withTemplateUrl(dependencies, region), {
    ...input,
    connectionId,
    roleArn,
    externalId,
    next: next === undefined ? undefined : { externalId: next, first: stored?.nextAccepted ?? false },
    region,
    accountId: input.accountId ?? stored?.accountId ?? undefined,
    expectSetup: input.expectSetup ?? "present",
    waitForPropagation: input.waitForPropagation ?? false,
    actor: input.actor ?? { type: "system", id: "verification" },
  });
  return sealReport(encryptor, { customerId: input.customerId, connectionId }, report);
}

/** Asked for beside the verification, which never waits for it: without it, remedies that need the template are not offered. */
function withTemplateUrl(dependencies: ClientDependencies, region: string): VerifyDependencies {
  let known: string | undefined;
  Promise.resolve()
    .then(() => dependencies.templateUrls.find(region))
    .then(
      (url) => {
        known = url;
      },
      () => {},
    );
  return { ...dependencies, templateUrl: () => known };
}

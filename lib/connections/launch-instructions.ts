import "server-only";
import { config } from "@/lib/config";
import {
  buildLaunchUrl,
  buildStackUrl,
  createStackCommand,
  deleteStackCommand,
  featureParameter,
  reviewManagedPolicies,
  setupExpiry,
  stackParameters,
} from "@/lib/crossaccount";
import { consoleUrl, crossAccount } from "@/lib/crossaccount-client/client";
import { readExternalIdInUse } from "@/lib/crossaccount-client/secrets";
import { databaseTime } from "@/lib/database-time";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import type { LaunchInstructions } from "./schema";

/** How to make the stack: link and command. The setup permissions' end is counted from the moment of asking. */
export async function launchInstructions(access: CustomerAccess, connectionId: string): Promise<LaunchInstructions> {
  const connection = await findOwnConnection(access, connectionId);
  const { region, stackName, roleName, features } = connection;
  const [externalId, templateUrl] = await Promise.all([
    readExternalIdInUse(connection),
    crossAccount.templateUrl(region),
  ]);
  const setupExpiresAt = setupExpiry(config, databaseTime());
  const parameters = stackParameters(config, {
    ...{ region, externalId, roleName, features, setupExpiresAt },
    setupPhase: true,
  });
  return {
    launchUrl: buildLaunchUrl({ region, stackName, templateUrl, parameters, consoleUrl }),
    createStackCommand: createStackCommand({ region, stackName, templateUrl, parameters: filled(parameters) }),
    stackUrl: buildStackUrl({ region, stackId: stackName, consoleUrl }),
    deleteStackCommand: deleteStackCommand({ region, stackName }),
    templateUrl,
    stackName,
    region,
    features: config.features.map(({ id, title }) => ({
      parameter: featureParameter(id),
      title,
      chosen: features.includes(id),
    })),
    setupPoliciesByAws: reviewManagedPolicies(config)
      .filter(({ phase, feature }) => phase === "setup" && (feature === undefined || features.includes(feature)))
      .map(({ name }) => name),
    setupExpiresAt,
  };
}

function filled(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

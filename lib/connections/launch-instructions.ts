import "server-only";
import { config } from "@/lib/config";
import { createStackCommand, stackParameters } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import type { LaunchInstructions } from "./schema";

/** How to make the stack: link and command. The setup permissions' end is counted from the moment of asking. */
export async function launchInstructions(access: CustomerAccess, connectionId: string): Promise<LaunchInstructions> {
  const connection = await findOwnConnection(access, connectionId);
  const { region, stackName, roleName } = connection;
  const { launchUrl, templateUrl, externalId, setupExpiresAt } = await crossAccount.generateIntegrationUrl({
    customerId: connection.customerId,
    customerName: access.customer.name,
    connectionId: connection.id,
    region,
    stackName,
    roleName,
  });
  const parameters = stackParameters(config, { region, externalId, roleName, setupPhase: true, setupExpiresAt });
  return {
    launchUrl,
    createStackCommand: createStackCommand({ region, stackName, templateUrl, parameters: filled(parameters) }),
    templateUrl,
    stackName,
    region,
    setupExpiresAt,
  };
}

function filled(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== ""));
}

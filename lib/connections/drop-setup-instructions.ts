import "server-only";
import type { CustomerAccess } from "@/lib/auth/access";
import { buildUpdateUrl, parameterNames, updateStackCommand } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { findOwnConnection } from "./find-own-connection";
import type { DropSetupInstructions } from "./schema";
import { consoleUrl, crossAccount } from "./services";

/** How to take the setup permissions away, and when they end by themselves. */
export async function dropSetupInstructions(
  access: CustomerAccess,
  connectionId: string,
): Promise<DropSetupInstructions> {
  const connection = await findOwnConnection(access, connectionId);
  const { customerId, region, stackName, roleName } = connection;
  const { templateUrl } = await crossAccount.generateIntegrationUrl({
    customerId,
    customerName: access.customer.name,
    connectionId: connection.id,
    region,
    stackName,
    roleName,
  });
  const parameters = { SetupPhase: "false" };
  const seen = await db.verification.findFirst({
    where: { customerId, connectionId: connection.id, outcome: "proven" },
    orderBy: { startedAt: "desc" },
    select: { setupExpiresAt: true },
  });
  return {
    updateUrl: buildUpdateUrl({ region, stackId: stackName, templateUrl, parameters, consoleUrl }),
    updateStackCommand: updateStackCommand({ region, stackName, parameters, keep: parameterNames }),
    setupExpiresAt: seen?.setupExpiresAt?.toISOString() ?? null,
  };
}

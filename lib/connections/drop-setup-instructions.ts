import "server-only";
import { config } from "@/lib/config";
import { buildUpdateUrl, featureParameter, parameterNames, updateStackCommand } from "@/lib/crossaccount";
import { consoleUrl, crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import type { DropSetupInstructions } from "./schema";

/** How to take the setup permissions away, and when they end by themselves. */
export async function dropSetupInstructions(
  access: CustomerAccess,
  connectionId: string,
): Promise<DropSetupInstructions> {
  const connection = await findOwnConnection(access, connectionId);
  const { customerId, region, stackName, features } = connection;
  // By value: a stack that is older than a feature has no value of it to keep, and its template no parameter.
  const chosen = config.features.map(({ id }) => [featureParameter(id), String(features.includes(id))] as const);
  const parameters = { SetupPhase: "false", ...Object.fromEntries(chosen) };
  const templateUrl = chosen.length > 0 ? await crossAccount.templateUrl(region) : undefined;
  const seen = await db.verification.findFirst({
    where: { customerId, connectionId: connection.id, outcome: "proven" },
    orderBy: { startedAt: "desc" },
    select: { setupExpiresAt: true },
  });
  return {
    updateUrl: buildUpdateUrl({ region, stackId: stackName, consoleUrl }),
    updateStackCommand: updateStackCommand({
      ...{ region, stackName, parameters },
      keep: parameterNames,
      ...(templateUrl !== undefined && { templateUrl }),
    }),
    setupExpiresAt: seen?.setupExpiresAt ?? null,
  };
}

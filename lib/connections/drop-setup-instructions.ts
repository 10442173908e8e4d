import "server-only";
import { buildUpdateUrl, updateStackCommand } from "@/lib/crossaccount";
import { consoleUrl } from "@/lib/crossaccount-client/client";
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
  const { customerId, region, stackName } = connection;
  const seen = await db.verification.findFirst({
    where: { customerId, connectionId: connection.id, outcome: "proven" },
    orderBy: { startedAt: "desc" },
    select: { setupExpiresAt: true },
  });
  return {
    updateUrl: buildUpdateUrl({ region, stackId: stackName, consoleUrl }),
    updateStackCommand: updateStackCommand({ region, stackName, parameters: { SetupPhase: "false" } }),
    setupExpiresAt: seen?.setupExpiresAt ?? null,
  };
}

import "server-only";
import { config } from "@/lib/config";
import { type Check, isPartition, type RoleArnParts, roleArnFor, rolePath } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { AppError } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import { takeFromLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { refuseVendorAccount } from "./named-account";
import { proposeRole, refuseProven } from "./propose-role";
import type { FindRoleResult } from "./schema";

const askAgainAfterSeconds = 5;

/**
 * Tries once whether the template's role can be assumed in an account that the admin named. The template decides its ARN, so
 * the account ID is all that is missing. Taken from the customer's and everyone's share of the STS quota.
 */
export async function findRole(
  access: CustomerAccess,
  input: { connectionId: string; accountId: string },
): Promise<FindRoleResult> {
  const connection = await findOwnConnection(access, input.connectionId);
  // Another tab, or a colleague, was faster.
  if (connection.provenAt !== null && connection.accountId === input.accountId) return { found: true };
  refuseProven(connection);
  const role = expectedRole(connection, input.accountId);
  const roleArn = roleArnFor(config, role);
  try {
    await takeFromLimit("findRole", connection.customerId);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "rate-limited") throw error;
    return notYet(
      roleArn,
      "We ask AWS less often for a while, because it was asked often in the last minute.",
      error.retryAfterSeconds,
    );
  }
  const { customerId, id: connectionId, launchedAt } = connection;
  const answer = await crossAccount.probeRole({
    ...{ customerId, connectionId, actor: access.actor },
    roleArn,
    launchedAt: launchedAt ?? undefined,
  });
  if (answer.status !== "passed") return notYet(roleArn, explain(answer));
  await proposeRole(access, connection, { ...role, path: rolePath(config) }, "connection.role-found");
  return { found: true };
}

const notThere =
  "AWS does not let us use the role yet. A new stack takes about a minute, and AWS up to another to make its role usable.";

/** Why the search goes on, and what the customer can do about it where waiting is not enough. */
function explain({ causeId, cause = "", remedy = "" }: Check): string {
  if (causeId === "role-not-found" || causeId === "still-propagating") return notThere;
  return causeId === "throttled" || causeId === "aws-unavailable" ? cause : `${cause} ${remedy}`;
}

function expectedRole({ partition, roleName }: Connection, accountId: string): Omit<RoleArnParts, "path"> {
  if (!isPartition(partition)) throw new Error("The stored partition is not one we know.");
  refuseVendorAccount(accountId, partition);
  return { partition, accountId, roleName };
}

function notYet(roleArn: string, explanation: string, retryAfterSeconds = askAgainAfterSeconds): FindRoleResult {
  return { found: false, retryAfterSeconds, explanation, roleArn };
}

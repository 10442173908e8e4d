import "server-only";
import { type ActivityAction, recordActivity } from "@/lib/activity-log/record-activity";
import { sightColumns } from "@/lib/connection-status/facts";
import { formatRoleArn, type RoleArnParts } from "@/lib/crossaccount";
import { unseenTrust } from "@/lib/crossaccount/status";
import { roleArnDigest, roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { abandonVerifications } from "@/lib/verifications/abandon-verifications";

/**
 * Stores the role that an admin names as this connection's. It may be named again until a verification proved one; a
 * verification that still runs on the former role is ended, so that no one reads its result as the new role's.
 */
export async function proposeRole(
  access: CustomerAccess,
  connection: Connection,
  role: RoleArnParts,
  action: Extract<ActivityAction, "connection.role-submitted" | "connection.role-found">,
): Promise<void> {
  const { id: connectionId, customerId } = connection;
  const roleArn = formatRoleArn(role);
  const ciphertext = await seal(roleArn, { customerId, connectionId }, "roleArn");
  const digest = roleArnDigest(digester, customerId, roleArn);

  await db.$transaction(async (transaction) => {
    const other = await transaction.connection.findFirst({
      where: { customerId, roleArnDigest: digest, id: { not: connectionId }, status: { not: "disconnected" } },
    });
    if (other) throw alreadyConnected(other.name);
    // Not what was read before: another tab may have named a role, and begun to verify it, since.
    await abandonVerifications(
      transaction,
      { customerId, connectionId, connection: { OR: [{ roleArnDigest: null }, { roleArnDigest: { not: digest } }] } },
      databaseTime(),
    );
    const { count } = await transaction.connection.updateMany({
      where: { id: connectionId, customerId, provenAt: null, status: { in: ["pending", "insecure"] } },
      data: {
        roleArnCiphertext: ciphertext,
        roleArnDigest: digest,
        roleDigest: roleDigest(digester, roleArn),
        accountId: role.accountId,
        ...(connection.roleArnDigest !== digest && sightColumns(unseenTrust)),
      },
    });
    if (count === 0) throw await whyUnchanged(connection);
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action,
      detail: { accountId: role.accountId },
    });
  });
}

async function whyUnchanged({ id, customerId }: Connection): Promise<AppError> {
  const now = await db.connection.findUnique({ where: { id, customerId } });
  if (!now) return notFound("connection");
  refuseProven(now);
  return new AppError("conflict", "The connection has changed meanwhile. Reload the page to see its current state.");
}

function alreadyConnected(name: string): AppError {
  const message = `Your connection “${name}” already uses this role. Paste the role of another stack, or continue with that connection.`;
  return new AppError("conflict", message, { fields: { roleArn: message } });
}

/** Once a role was proven, the connection stays with it. @throws AppError `conflict` */
export function refuseProven(connection: Pick<Connection, "provenAt" | "status">): void {
  if (connection.provenAt === null && connection.status !== "disconnected") return;
  throw new AppError(
    "conflict",
    "This connection's role is already verified and cannot be changed. To connect another role or account, create a new connection.",
  );
}

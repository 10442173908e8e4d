import "server-only";
import { type ActivityAction, recordActivity } from "@/lib/activity-log/record-activity";
import { sightColumns } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { formatRoleArn, type RoleArnParts } from "@/lib/crossaccount";
import { unseenTrust } from "@/lib/crossaccount/status";
import { roleArnDigest, roleDigest } from "@/lib/crossaccount-client/digests";
import { digester } from "@/lib/crossaccount-client/encryption";
import { seal } from "@/lib/crossaccount-client/seal";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { emitEvents } from "@/lib/events/emit-events";
import type { Connection } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { abandonVerifications } from "@/lib/verifications/abandon-verifications";

/**
 * Stores the role that an admin names as this connection's. It may be named again until a verification proved one; a
 * verification that still runs on the former role is ended, so that no one reads its result as the new role's. What a link
 * brings in an account that no admin named is only proposed.
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
  const now = databaseTime();

  await db.$transaction(async (transaction) => {
    const other = await transaction.connection.findFirst({
      where: { customerId, roleArnDigest: digest, id: { not: connectionId }, status: { not: "disconnected" } },
    });
    if (other) throw alreadyConnected(other.name);
    // Not what was read before: another tab may have named a role, and begun to verify it, since.
    await abandonVerifications(
      transaction,
      { customerId, connectionId, connection: { OR: [{ roleArnDigest: null }, { roleArnDigest: { not: digest } }] } },
      now,
    );
    const before = await lockConnection(transaction, { customerId, connectionId });
    if (!before) throw notFound("connection");
    refuseProven(before);
    const proposed = proposal(access, before, role.accountId, now);
    const { count } = await transaction.connection.updateMany({
      where: { id: connectionId, customerId, provenAt: null, status: { in: ["pending", "insecure"] } },
      data: {
        roleArnCiphertext: ciphertext,
        roleArnDigest: digest,
        roleDigest: roleDigest(digester, roleArn),
        accountId: role.accountId,
        ...proposed,
        ...(before.roleArnDigest !== digest && sightColumns(unseenTrust)),
      },
    });
    if (count === 0) {
      throw new AppError("conflict", "The connection has changed meanwhile. Reload the page to see its current state.");
    }
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      connectionId,
      action,
      detail: { accountId: role.accountId },
    });
    if (proposed.accountProposedAt !== null)
      await emitEvents(transaction, { customerId, connectionId, at: now }, [{ type: "connection.proposed" }]);
  });
}

/** Whether the account is now somebody's word or only proposed. @throws AppError `conflict` for another than was confirmed or named */
function proposal(
  { actor, customer }: CustomerAccess,
  { accountId, accountProposedAt, accountConfirmedAt, roleArnDigest }: Connection,
  brought: string,
  now: Date,
): Pick<Connection, "accountProposedAt" | "accountProposedByType" | "accountProposedById"> {
  const settled = accountProposedAt === null ? accountId : null;
  if (accountConfirmedAt !== null && settled !== brought) throw otherAccount(customer.name, "confirmed", settled);
  // A key may correct the role that it named; the account that came before any role was a person's word, or the maker's.
  if (actor.type === "api-key" && settled !== null && settled !== brought && roleArnDigest === null)
    throw otherAccount(customer.name, "named", settled);
  if (actor.type !== "link" || settled === brought)
    return { accountProposedAt: null, accountProposedByType: null, accountProposedById: null };
  if (settled !== null) throw otherAccount(customer.name, "named", settled);
  return { accountProposedAt: now, accountProposedByType: actor.type, accountProposedById: actor.id };
}

function otherAccount(customer: string, how: "confirmed" | "named", accountId: string | null): AppError {
  const message = `${customer} ${how} the account ${groupedAccount(accountId ?? "")} for this connection. Create the stack there; for another account it takes another connection.`;
  return new AppError("conflict", message, { fields: { accountId: message, roleArn: message } });
}

/** As the AWS console shows it. */
function groupedAccount(accountId: string): string {
  return accountId.replace(/(\d{4})(?=\d)/g, "$1-");
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

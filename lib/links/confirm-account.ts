import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { changeFacts } from "@/lib/connection-status/change-facts";
import { sightColumns } from "@/lib/connection-status/facts";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { unseenTrust } from "@/lib/crossaccount/status";
import { type Database, db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { abandonVerifications } from "@/lib/verifications/abandon-verifications";

interface SeenAccount {
  connectionId: string;
  /** As it stood on the page: one that came since is not confirmed unseen. */
  accountId: string;
}

/**
 * A signed-in admin says that the account that a link brought is the one they mean. From then on it never changes, and a verification
 * of its role counts.
 * @throws AppError `not-found`, `conflict` where nothing is to confirm or another account came meanwhile
 */
export function confirmAccount(access: PersonalAccess, seen: SeenAccount, now: Date): Promise<void> {
  return decide(access, seen, now, "connection.account-confirmed", (transaction, connection) =>
    changeFacts(transaction, connection, {
      known: { accountProposedAt: null, accountConfirmedAt: now },
      ...{ cause: "An admin confirmed the account.", actor: access.actor, at: now },
    }),
  );
}

/**
 * Says that it is not theirs: the connection is as it was before the role came, and its open links are worthless.
 * @throws AppError as `confirmAccount`
 */
export function rejectAccount(access: PersonalAccess, seen: SeenAccount, now: Date): Promise<void> {
  return decide(access, seen, now, "connection.account-rejected", async (transaction, connection) => {
    const owner = { connectionId: connection.id, customerId: connection.customerId };
    await transaction.link.updateMany({ where: { ...owner, revokedAt: null }, data: { revokedAt: now } });
    await changeFacts(transaction, connection, {
      known: {
        ...{ accountId: null, accountProposedAt: null, accountProposedByType: null, accountProposedById: null },
        ...{ roleArnCiphertext: null, roleArnDigest: null, roleDigest: null },
        ...{ lastOutcome: null, checkFailed: false, lastVerifiedAt: null, ...sightColumns(unseenTrust) },
      },
      ...{ cause: "An admin rejected the account.", actor: access.actor, at: now },
    });
  });
}

async function decide(
  { customer, actor }: PersonalAccess,
  { connectionId: named, accountId }: SeenAccount,
  now: Date,
  action: "connection.account-confirmed" | "connection.account-rejected",
  change: (transaction: Database, connection: Connection) => Promise<unknown>,
): Promise<void> {
  const owner = { customerId: customer.id, connectionId: connectionIdFrom(named) };
  await db.$transaction(async (transaction) => {
    // Before the connection is locked, as whoever ends a run does, so that neither waits for the other.
    if (action === "connection.account-rejected") await abandonVerifications(transaction, owner, now);
    const connection = await lockConnection(transaction, owner);
    if (!connection) throw notFound("connection");
    if (connection.accountProposedAt === null) {
      throw new AppError(
        "conflict",
        "Nothing is left to confirm: the account is settled, or was rejected. Reload the page.",
      );
    }
    if (connection.accountId !== accountId) {
      throw new AppError(
        "conflict",
        "Another account came in since you opened this page. Reload it and compare the digits again.",
      );
    }
    await change(transaction, connection);
    await recordActivity(transaction, { actor, ...owner, action, detail: { accountId } });
  });
}

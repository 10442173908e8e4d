import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { launchInstructions, permissionReview } from "@/lib/connections/queries";
import { isPartition } from "@/lib/crossaccount";
import { readExternalIdInUse } from "@/lib/crossaccount-client/secrets";
import { db } from "@/lib/db";
import { emitEvents } from "@/lib/events/emit-events";
import type { Connection, Link } from "@/lib/generated/prisma/client";
import { latestVerification } from "@/lib/verifications/queries";
import type { LinkAccess } from "./link-access";
import type { LinkPageView, LinkProgress } from "./schema";
import type { AccountWord } from "./state";

/** What the page of a link shows when it is opened, which is noted. Once its purpose is reached, the result alone. */
export async function showLink(held: LinkAccess, now: Date): Promise<LinkPageView> {
  const { link, connection, access } = held;
  await noteOpened(held, now);
  return {
    purpose: link.purpose,
    expiresAt: link.expiresAt,
    customerName: access.customer.name,
    asker: await askerOf(link),
    connectionName: connection.name,
    todo: link.reachedAt === null ? await todoOf(held) : null,
    progress: await linkProgress(held),
  };
}

/** What a page that is open asks again and again. */
export async function linkProgress({ link, connection, access }: LinkAccess): Promise<LinkProgress> {
  return {
    reachedAt: link.reachedAt,
    launched: connection.launchedAt !== null,
    roleNamed: connection.roleArnDigest !== null,
    accountId: connection.accountId,
    accountIs: accountWordOf(connection),
    verification:
      link.reachedAt === null && connection.roleArnDigest !== null
        ? await latestVerification(access, connection.id)
        : null,
  };
}

export function accountWordOf({ accountId, accountProposedAt, accountConfirmedAt }: Connection): AccountWord {
  if (accountId === null) return "unknown";
  if (accountProposedAt !== null) return "proposed";
  return accountConfirmedAt === null ? "named" : "confirmed";
}

async function todoOf({ link, connection, access }: LinkAccess): Promise<LinkPageView["todo"]> {
  const { partition, accountId, roleName, features } = connection;
  const stack = { partition: isPartition(partition) ? partition : undefined, accountId: accountId ?? undefined };
  return {
    review: permissionReview({ ...stack, roleName }, features),
    externalId: await readExternalIdInUse(connection),
    instructions: link.purpose === "setup" ? await launchInstructions(access, connection.id) : null,
  };
}

/** Whoever is a member of the customer still; of the vendor's staff nobody is told. */
async function askerOf({ createdByType, createdById, customerId }: Link): Promise<LinkPageView["asker"]> {
  if (createdByType !== "customer") return null;
  const person = await db.user.findFirst({
    where: { id: createdById, memberships: { some: { customerId } } },
    select: { name: true, email: true },
  });
  return person && { name: person.name ?? person.email ?? "Someone without a name", email: person.email };
}

async function noteOpened({ link, access }: LinkAccess, now: Date): Promise<void> {
  const { id, customerId, connectionId, purpose, openedAt } = link;
  await db.$transaction(async (transaction) => {
    const data = { openedAt: openedAt ?? now, lastOpenedAt: now };
    await transaction.link.updateMany({ where: { id, customerId }, data });
    await recordActivity(transaction, {
      ...{ actor: access.actor, customerId, connectionId, action: "link.opened" },
      detail: { purpose },
    });
    const opened = { type: "connection.link_opened", data: { link_id: id, purpose } } as const;
    await emitEvents(transaction, { customerId, connectionId, at: now }, [opened]);
  });
}

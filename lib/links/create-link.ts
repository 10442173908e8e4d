import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import { isReached } from "@/lib/connection-status/reach-links";
import type { Actor, ConnectionScope } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import type { Connection } from "@/lib/generated/prisma/client";
import { takeFromOwnLimit } from "@/lib/rate-limits";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";
import { newToken, tokenDigest } from "@/lib/tokens";
import type { NewLink } from "./schema";
import { type LinkPurpose, purposeFor } from "./state";

const linkDays = 7;
const openLinksAtMost = 10;

interface WantedLink {
  connectionId: string;
  purpose: LinkPurpose;
}

/** Makes a link for a connection of the customer. Its token is told once; only the digest is kept. @throws AppError `not-found`, `conflict` */
export function createLink(access: CustomerAccess, input: WantedLink, now: Date): Promise<NewLink> {
  const connectionId = connectionIdFrom(input.connectionId);
  return make({ customerId: access.customer.id, connectionId }, access.actor, input.purpose, now);
}

/** The same for staff, who help a customer that is stuck. */
export async function createLinkForStaff(access: StaffAccess, input: WantedLink, now: Date): Promise<NewLink> {
  const connectionId = connectionIdFrom(input.connectionId);
  const connection = await db.connection.findUnique({ where: { id: connectionId }, select: { customerId: true } });
  if (!connection) throw notFound("connection");
  return make({ customerId: connection.customerId, connectionId }, access.actor, input.purpose, now);
}

async function make(owner: ConnectionScope, actor: Actor, purpose: LinkPurpose, now: Date): Promise<NewLink> {
  await takeFromOwnLimit("makeLink", owner.customerId);
  const token = newToken();
  const expiresAt = new Date(now.getTime() + linkDays * 24 * 60 * 60 * 1_000);
  const { id } = await db.$transaction(async (transaction) => {
    const connection = await lockConnection(transaction, owner);
    if (!connection) throw notFound("connection");
    refuseNeedless(connection, purpose);
    const open = await transaction.link.count({
      where: { ...owner, revokedAt: null, reachedAt: null, expiresAt: { gt: now } },
    });
    if (open >= openLinksAtMost) {
      throw new AppError("conflict", `There are already ${open} open links. First revoke those you no longer need.`);
    }
    const made = await transaction.link.create({
      data: {
        ...{ ...owner, purpose, createdAt: now, expiresAt, tokenDigest: tokenDigest(token) },
        ...{ createdByType: actor.type, createdById: actor.id },
      },
    });
    const detail = { linkId: made.id, purpose };
    await recordActivity(transaction, { actor, ...owner, action: "link.created", detail });
    return made;
  });
  return { linkId: id, url: `${env.BASE_URL}/link#${token}`, expiresAt };
}

/** @throws AppError `conflict` where someone without a login has nothing to do for this purpose */
function refuseNeedless(connection: Connection, purpose: LinkPurpose): void {
  if (purposeFor(connection) !== purpose) {
    throw new AppError("conflict", "The connection has changed, and such a link is of no use now. Reload the page.");
  }
  if (isReached(purpose, connection)) {
    throw new AppError("conflict", "A role is there already and waits for an admin to confirm its account.");
  }
}

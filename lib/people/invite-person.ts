import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { type Database, db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { takeFromOwnLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { lockCustomer } from "@/lib/tenancy/customer";
import { newToken, tokenDigest } from "@/lib/tokens";

const invitationDays = 7;
const openInvitationsAtMost = 50;

export interface NewInvitation {
  invitationId: string;
  /** Shown once, to be sent to the person; only its digest is kept. */
  token: string;
  expiresAt: Date;
}

/**
 * Invites whoever owns this e-mail address. An earlier invitation of the same address is worth nothing from then on. People
 * invite, and the vendor's own code by a key, which may invite the first admin and viewers; not what someone without a login holds.
 * @throws AppError `not-allowed`, `invalid-input`, `conflict`
 */
export async function invitePerson(
  access: CustomerAccess,
  input: { email: string; role: CustomerRole },
  now: Date,
): Promise<NewInvitation> {
  if (access.actor.type === "link" || access.actor.type === "portal-session") throw notForThem();
  const token = newToken();
  const customerId = access.customer.id;
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000);
  await takeFromOwnLimit("invite", customerId);
  const invitation = await db.$transaction(async (transaction) => {
    await lockCustomer(transaction, customerId);
    if (access.actor.type === "api-key" && input.role === "admin" && (await hasAdmin(transaction, customerId)))
      throw new AppError(
        "not-allowed",
        "This customer has an admin, and only an admin invites another. Invite a viewer.",
      );
    if (await isMember(transaction, customerId, input)) {
      const message = "This person is already a member.";
      throw new AppError("invalid-input", message, { fields: { email: message } });
    }
    await transaction.invitation.updateMany({
      where: { customerId, email: input.email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const open = await transaction.invitation.count({
      where: { customerId, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    });
    if (open >= openInvitationsAtMost) {
      throw new AppError(
        "conflict",
        `There are already ${open} open invitations. First revoke those you no longer need.`,
      );
    }
    const created = await transaction.invitation.create({
      data: {
        customerId,
        email: input.email,
        role: input.role,
        tokenDigest: tokenDigest(token),
        createdByType: access.actor.type,
        createdById: access.actor.type === "customer" ? access.actor.id : null,
        createdAt: now,
        expiresAt,
      },
    });
    await recordActivity(transaction, {
      actor: access.actor,
      customerId,
      action: "invitation.created",
      detail: { invitationId: created.id, role: input.role },
    });
    return created;
  });
  return { invitationId: invitation.id, token, expiresAt };
}

/** Its token is in the fragment, so no server's log holds it. */
export function invitationUrl(token: string): string {
  return `${env.BASE_URL}/invitation#${token}`;
}

function notForThem(): AppError {
  return new AppError("not-allowed", "Only people who signed in and the vendor's own code invite others.");
}

/** Whether someone with this address, verified or trusted, may do all of it already; a viewer can be invited as an admin. */
async function hasAdmin(transaction: Database, customerId: string): Promise<boolean> {
  return (await transaction.membership.count({ where: { customerId, role: "admin" } })) > 0;
}

async function isMember(
  transaction: Database,
  customerId: string,
  { email, role }: { email: string; role: CustomerRole },
): Promise<boolean> {
  const covering = await transaction.membership.findFirst({
    where: {
      customerId,
      user: { email, OR: [{ emailVerified: true }, { trustedEmail: email }] },
      ...(role === "admin" && { role }),
    },
  });
  return covering !== null;
}

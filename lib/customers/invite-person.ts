import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import type { CustomerAccess } from "@/lib/auth/access";
import { newToken, tokenDigest } from "@/lib/auth/token-digest";
import { takeFromOwnLimit } from "@/lib/connections/rate-limits";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { CustomerRole } from "@/lib/generated/prisma/enums";
import { lockCustomer } from "./lock-customer";

const invitationDays = 7;
const openInvitationsAtMost = 50;

export interface NewInvitation {
  invitationId: string;
  /** Shown once, to be sent to the person; only its digest is kept. */
  token: string;
  expiresAt: Date;
}

/** Invites whoever owns this e-mail address. */
export async function invitePerson(
  access: CustomerAccess,
  input: { email: string; role: CustomerRole },
  now: Date,
): Promise<NewInvitation> {
  const token = newToken();
  const customerId = access.customer.id;
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 60 * 60 * 1000);
  await takeFromOwnLimit("invite", customerId);
  const invitation = await db.$transaction(async (transaction) => {
    await lockCustomer(transaction, customerId);
    const open = await transaction.invitation.count({
      where: { customerId, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    });
    if (open >= openInvitationsAtMost) {
      throw new AppError(
        "rate-limited",
        `There are ${open} open invitations already. Revoke those you no longer need first.`,
      );
    }
    const created = await transaction.invitation.create({
      data: {
        customerId,
        email: input.email,
        role: input.role,
        tokenDigest: tokenDigest(token),
        createdById: access.person.id,
        createdAt: now,
        expiresAt,
      },
    });
    await recordActivity(transaction, {
      userId: access.person.id,
      customerId,
      action: "invitation.created",
      detail: { invitationId: created.id, role: input.role },
    });
    return created;
  });
  return { invitationId: invitation.id, token, expiresAt };
}

import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Invitation } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { idFrom } from "@/lib/tenancy/id-from";
import type { InvitationView, MemberView } from "./schema";

/** Members, those who are here for longest first; someone who is here twice, by claim and by invitation, once. */
export async function listMembers(access: CustomerAccess): Promise<MemberView[]> {
  const memberships = await db.membership.findMany({
    where: { customerId: access.customer.id },
    include: { user: true },
    orderBy: { createdAt: "asc" },
  });
  const members = new Map<string, MemberView>();
  for (const { user, role, source, createdAt } of memberships) {
    const known = members.get(user.id);
    members.set(user.id, {
      userId: user.id,
      name: user.name ?? user.email ?? "Someone without a name",
      email: user.email,
      role: role === "admin" || known?.role === "admin" ? "admin" : "viewer",
      byProvider: source === "claim" || known?.byProvider === true,
      leastRole: source === "claim" ? role : (known?.leastRole ?? null),
      since: known?.since ?? createdAt,
    });
  }
  return [...members.values()];
}

/** Who of the customer may change things, for those who may not: a few names, those who are here for longest first. */
export async function adminNames(access: CustomerAccess): Promise<string[]> {
  const admins = await db.user.findMany({
    where: { memberships: { some: { customerId: access.customer.id, role: "admin" } } },
    select: { name: true, email: true },
    orderBy: { createdAt: "asc" },
    take: 3,
  });
  return admins.flatMap(({ name, email }) => name ?? email ?? []);
}

/** The newest hundred invitations. */
export async function listInvitations(access: CustomerAccess, now: Date = databaseTime()): Promise<InvitationView[]> {
  const invitations = await db.invitation.findMany({
    where: { customerId: access.customer.id },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  return invitations.map((invitation) => viewOf(invitation, now));
}

/** @throws AppError `not-found`, also for another customer's */
export async function getInvitation(
  access: CustomerAccess,
  invitationId: string,
  now: Date = databaseTime(),
): Promise<InvitationView> {
  const where = { id: idFrom(invitationId, "invitation"), customerId: access.customer.id };
  const invitation = await db.invitation.findUnique({ where });
  if (!invitation) throw notFound("invitation");
  return viewOf(invitation, now);
}

function viewOf(invitation: Invitation, now: Date): InvitationView {
  const { id, email, role, createdAt, expiresAt } = invitation;
  return { id, email, role, state: invitationState(invitation, now), createdAt, expiresAt };
}

export function invitationState(
  invitation: Pick<Invitation, "acceptedAt" | "revokedAt" | "expiresAt">,
  now: Date,
): InvitationView["state"] {
  if (invitation.acceptedAt) return "accepted";
  if (invitation.revokedAt) return "revoked";
  return invitation.expiresAt > now ? "open" : "expired";
}

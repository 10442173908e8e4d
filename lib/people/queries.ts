import "server-only";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import type { Invitation } from "@/lib/generated/prisma/client";
import type { CustomerAccess } from "@/lib/tenancy/access";
import type { InvitationView, MemberView } from "./schema";

export async function listMembers(access: CustomerAccess): Promise<MemberView[]> {
  const memberships = await db.membership.findMany({
    where: { customerId: access.customer.id },
    include: { user: true },
    orderBy: { createdAt: "asc" },
  });
  return memberships.map(({ user, role, source, createdAt }) => ({
    userId: user.id,
    name: user.name ?? user.email ?? "Someone without a name",
    email: user.email,
    role,
    source,
    since: createdAt,
  }));
}

/** The newest hundred invitations. */
export async function listInvitations(access: CustomerAccess, now: Date = databaseTime()): Promise<InvitationView[]> {
  const invitations = await db.invitation.findMany({
    where: { customerId: access.customer.id },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  return invitations.map((invitation) => ({
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    state: stateOf(invitation, now),
    createdAt: invitation.createdAt,
    expiresAt: invitation.expiresAt,
  }));
}

function stateOf(invitation: Invitation, now: Date): InvitationView["state"] {
  if (invitation.acceptedAt) return "accepted";
  if (invitation.revokedAt) return "revoked";
  return invitation.expiresAt > now ? "open" : "expired";
}

import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { type Holder, hold, liftHold } from "@/lib/connection-status/holds";
import type { Actor, ConnectionScope } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { db } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom } from "@/lib/tenancy/own-connection";

/**
 * Stops the use of a connection in every process until it is resumed; nothing in AWS changes. Twice is as good as once.
 * @throws AppError `not-found`, `conflict` once it has ended
 */
export async function pauseConnection(access: CustomerAccess, connectionId: string, now: Date): Promise<void> {
  await change("pause", ownedBy(access, connectionId), { by: "customer", actor: access.actor, at: now });
}

/** Lifts the customer's own hold; a hold of staff stays. @throws AppError as `pauseConnection` */
export async function resumeConnection(access: CustomerAccess, connectionId: string, now: Date): Promise<void> {
  await change("resume", ownedBy(access, connectionId), { by: "customer", actor: access.actor, at: now });
}

/** The same for staff, whose hold the customer sees and cannot lift. @throws AppError as `pauseConnection` */
export async function pauseConnectionForStaff(access: StaffAccess, connectionId: string, now: Date): Promise<void> {
  await change("pause", await ownerOf(connectionId), { by: "staff", actor: access.actor, at: now });
}

/** Lifts the hold of staff; one of the customer stays. @throws AppError as `pauseConnection` */
export async function resumeConnectionForStaff(access: StaffAccess, connectionId: string, now: Date): Promise<void> {
  await change("resume", await ownerOf(connectionId), { by: "staff", actor: access.actor, at: now });
}

const changes = {
  pause: { write: hold, action: "connection.paused" },
  resume: { write: liftHold, action: "connection.resumed" },
} as const;

async function change(
  what: keyof typeof changes,
  owner: ConnectionScope,
  held: { by: Holder; actor: Actor; at: Date },
): Promise<void> {
  const { write, action } = changes[what];
  const { by, actor } = held;
  await db.$transaction(async (transaction) => {
    if (!(await write(transaction, owner, held))) return;
    await recordActivity(transaction, { actor, ...owner, action, detail: { by } });
  });
  // Other processes hear of it from the database; this one need not wait for that.
  crossAccount.invalidate(owner.customerId, owner.connectionId);
}

function ownedBy({ customer }: CustomerAccess, connectionId: string): ConnectionScope {
  return { customerId: customer.id, connectionId: connectionIdFrom(connectionId) };
}

async function ownerOf(named: string): Promise<ConnectionScope> {
  const connectionId = connectionIdFrom(named);
  const connection = await db.connection.findUnique({ where: { id: connectionId }, select: { customerId: true } });
  if (!connection) throw notFound("connection");
  return { customerId: connection.customerId, connectionId };
}

import "server-only";
import { findRole } from "@/lib/connections/find-role";
import { markLaunched } from "@/lib/connections/mark-launched";
import type { FindRoleResult } from "@/lib/connections/schema";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type StartedVerification, startVerification } from "@/lib/verifications/start-verification";
import type { LinkAccess } from "./link-access";

/** What can be done with a link: always to its own connection, whatever is asked. Each says so in the activity log. */
export async function launchByLink(held: LinkAccess, now: Date): Promise<void> {
  await noteUsed(held, now);
  await markLaunched(held.access, held.connection.id, now);
}

/** @throws AppError `invalid-input` for another account than an admin named or confirmed */
export async function findRoleByLink(held: LinkAccess, accountId: string, now: Date): Promise<FindRoleResult> {
  const { connection, access } = held;
  const isSettled = connection.accountId !== null && connection.accountProposedAt === null;
  if (isSettled && connection.accountId !== accountId) {
    const message = `${access.customer.name} named another account for this connection. Only the role in that account can be used.`;
    throw new AppError("invalid-input", message, { fields: { accountId: message } });
  }
  await noteUsed(held, now);
  return findRole(access, { connectionId: connection.id, accountId });
}

export async function verifyByLink(held: LinkAccess, now: Date): Promise<StartedVerification> {
  const { connection, access } = held;
  await noteUsed(held, now);
  const expectSetup = connection.setupPermissions === "gone" ? "gone" : "present";
  return startVerification(access, { connectionId: connection.id, expectSetup }, now);
}

async function noteUsed({ link: { id, customerId } }: LinkAccess, now: Date): Promise<void> {
  await db.link.updateMany({ where: { id, customerId }, data: { usedAt: now } });
}

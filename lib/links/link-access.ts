import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Connection, Link } from "@/lib/generated/prisma/client";
import { takeFromLinkLimit } from "@/lib/rate-limits";
import { type CustomerAccess, impersonalAccess } from "@/lib/tenancy/access";
import { tokenDigest } from "@/lib/tokens";

/** What whoever holds a link may act as, and on which one connection. */
export interface LinkAccess {
  link: Link;
  connection: Connection;
  access: CustomerAccess;
}

/**
 * Takes a link's token, by which alone it is found: who is signed in beside it does not matter. A refused use of a link that exists is
 * in the activity log.
 * @throws AppError `not-found` for a token that is none, and for a link that was revoked or has expired; `rate-limited`
 */
export async function heldLink({ token }: { token: string }, now: Date = databaseTime()): Promise<LinkAccess> {
  const found = await db.link.findUnique({
    where: { tokenDigest: tokenDigest(token) },
    include: { connection: { include: { customer: true } } },
  });
  if (!found) {
    await takeFromLinkLimit("guessLink", "all");
    throw ended("We do not know this link. Copy all of it, up to its last character.");
  }
  const { connection: row, ...link } = found;
  const { customer, ...connection } = row;
  await takeFromLinkLimit("useLink", link.id);
  const actor = { type: "link", id: link.id } as const;
  const refusal = refusalOf(link, connection, now);
  if (refusal) {
    const { customerId, connectionId } = link;
    const detail = { why: refusal.why, purpose: link.purpose };
    await recordActivity(db, { actor, customerId, connectionId, action: "link.refused", detail });
    throw ended(refusal.message);
  }
  const { id, reference, name } = customer;
  const access = impersonalAccess({ customer: { id, reference, name }, role: "admin", actor });
  return { link, connection, access };
}

/** A link with which something may still be done. @throws AppError as `heldLink`, and `conflict` once its purpose is reached */
export async function openLink(input: { token: string }): Promise<LinkAccess> {
  const held = await heldLink(input);
  if (held.link.reachedAt === null) return held;
  throw new AppError("conflict", "What this link is for is done, so nothing can be changed with it any more.");
}

/** The same, made for a hand-off. @throws AppError as `openLink`, and `not-found` for a link of another purpose */
export async function openSetupLink(input: { token: string }): Promise<LinkAccess> {
  const held = await openLink(input);
  if (held.link.purpose !== "setup") throw ended("This link is for a repair; nothing is set up with it.");
  return held;
}

function refusalOf(
  { revokedAt, expiresAt }: Link,
  { status }: Connection,
  now: Date,
): { why: "revoked" | "expired" | "connection-ended"; message: string } | null {
  if (revokedAt) return { why: "revoked", message: "This link was revoked by who asked, or by a colleague of theirs." };
  if (expiresAt <= now) return { why: "expired", message: "This link has expired. Links work for seven days." };
  if (status !== "disconnected") return null;
  return { why: "connection-ended", message: "The connection that this link is for has ended." };
}

function ended(message: string): AppError {
  return new AppError("not-found", `${message} Ask who sent it to you for a new one.`);
}

import { randomUUID } from "node:crypto";
import { db } from "@/lib/db";
import type { Connection, LinkPurpose, Prisma } from "@/lib/generated/prisma/client";
import type { Queue } from "@/lib/jobs/queue";
import { invitePerson } from "@/lib/people/invite-person";
import type { PersonalAccess } from "@/lib/tenancy/access";
import { newToken, tokenDigest } from "@/lib/tokens";
import { writeLog } from "./access-log";
import { invitedEmail } from "./customer-verbs";
import { member, newConnection } from "./fixtures";

export const longAgo = new Date("2020-01-01T00:00:00.000Z");
export const farOff = new Date("2100-01-01T00:00:00.000Z");

/** What a row holds of a role that was verified and may do what setup needs. */
export const verified = {
  provenAt: longAgo,
  lastOutcome: "proven",
  setupPermissions: "present",
  trustReadAt: longAgo,
  lastVerifiedAt: longAgo,
};

export interface NeighbourOptions {
  /** Until when their runs that are under way count as alive. */
  runsUntil?: Date;
  /** Carries one of their audits. */
  queue?: Queue;
}

/**
 * What must not change while something of `owner` does: connections of theirs and of another customer in every state, with rows
 * of every table that a condition without its owner would reach.
 */
export async function neighboursOf(owner: PersonalAccess, options: NeighbourOptions = {}): Promise<void> {
  const stranger = await member();
  for (const access of [owner, stranger]) await neighbours(access, options);
  await invitePerson(stranger, { email: invitedEmail, role: "viewer" }, new Date());
}

async function neighbours(access: PersonalAccess, { runsUntil = longAgo, queue }: NeighbourOptions): Promise<void> {
  const begun = await newConnection(access, "Begun");
  const checking = await changed(await newConnection(access, "Checking"), {
    accountId: "800000000001",
    roleArnCiphertext: new Uint8Array([1]),
    roleArnDigest: randomUUID(),
  });
  const working = await changed(await newConnection(access, "Working"), { status: "setup", ...verified });
  const paused = await changed(await newConnection(access, "Paused"), {
    ...{ status: "paused", ...verified },
    heldByCustomerAt: longAgo,
    heldByStaffAt: longAgo,
  });
  const hidden = await changed(await newConnection(access, "Hidden"), {
    ...{ status: "insecure", ...verified },
    ...{ trustDeniedSince: longAgo, trustDeniedAt: new Date(longAgo.getTime() + 3_600_000) },
  });
  const ended = await changed(await newConnection(access, "Ended"), {
    status: "disconnected",
    disconnectedAt: longAgo,
  });

  const atRest = { nextAskAt: farOff, askUntil: farOff, lastAskedAt: longAgo, lastAnswer: "allowed" };
  await db.endedAccess.create({ data: { ...ownerOf(ended), ...atRest } });
  await db.receipt.create({ data: { ...ownerOf(ended), kind: "end", at: longAgo, ciphertext: new Uint8Array([1]) } });

  await runOf(checking, { state: "running", startedAt: longAgo, deadlineAt: runsUntil, waitingFor: "AWS" });
  for (const connection of [working, paused, hidden]) {
    await runOf(connection, { state: "finished", outcome: "proven", startedAt: longAgo, deadlineAt: longAgo });
    await watch(connection);
  }
  for (const connection of [begun, checking, working, paused, hidden, ended]) await links(connection);
  await auditItems({ begun, checking, working, paused, ended }, queue);
  await writeLog(ownerOf(working), 2);
  await people(access);
}

export function ownerOf({ id: connectionId, customerId }: Connection) {
  return { connectionId, customerId };
}

export function changed({ id, customerId }: Connection, data: Prisma.ConnectionUpdateInput): Promise<Connection> {
  return db.connection.update({ where: { id, customerId }, data });
}

type Run = Omit<Prisma.VerificationUncheckedCreateInput, "connectionId" | "customerId" | "actorType" | "actorId">;

export async function runOf(connection: Connection, run: Run): Promise<string> {
  const owner = ownerOf(connection);
  const actor = { actorType: "customer", actorId: "somebody" };
  const { id: verificationId } = await db.verification.create({ data: { ...owner, ...actor, ...run } });
  const { customerId } = owner;
  for (const [position, checkId] of ["role-arn", "assume-role"].entries()) {
    const detailCiphertext = new Uint8Array([position]);
    await db.checkResult.create({
      data: { verificationId, customerId, checkId, position, status: "running", detailCiphertext },
    });
  }
  return verificationId;
}

/** What audits keep of it, with streaks that a new start would end. */
export async function watch(connection: Connection): Promise<void> {
  const owner = ownerOf(connection);
  const detailCiphertext = new Uint8Array([1]);
  await db.auditSchedule.create({
    data: { ...owner, nextAuditAt: farOff, refusals: 1, refusedSince: longAgo, failures: 2, failingSince: longAgo },
  });
  await db.rolePicture.create({ data: { ...owner, detailCiphertext, takenAt: longAgo, lastSeenAt: longAgo } });
  for (const kind of ["trust-policy", "boundary"])
    await db.drift.create({ data: { ...owner, kind, detailCiphertext, notSeenAt: longAgo, firstSeenAt: longAgo } });
  await db.receipt.create({ data: { ...owner, kind: "setup", at: longAgo, ciphertext: detailCiphertext } });
  await db.connectionStatusChange.create({ data: { ...owner, from: "pending", to: "setup", cause: "Proven." } });
}

/** Open ones, of each purpose. */
async function links(connection: Connection): Promise<void> {
  for (const purpose of ["setup", "repair"] as const) await linkOf(connection, { purpose });
}

export function linkOf(
  connection: Connection,
  { purpose, expiresAt = farOff, token = newToken() }: { purpose: LinkPurpose; expiresAt?: Date; token?: string },
) {
  const made = { createdByType: "service", createdById: "somebody", tokenDigest: tokenDigest(token) };
  return db.link.create({ data: { ...ownerOf(connection), ...made, purpose, expiresAt } });
}

/** Of a round that goes on: waiting, queued, held, done and cancelled. */
async function auditItems(of: Record<string, Connection>, queue: Queue | undefined): Promise<void> {
  const { id: roundId } = await db.auditRound.create({ data: { kind: "scheduled", openUntil: farOff } });
  const held = { jobId: randomUUID(), claim: randomUUID(), leaseUntil: farOff };
  const items: [Connection | undefined, Partial<Prisma.AuditItemUncheckedCreateInput>][] = [
    [of.begun, { state: "waiting" }],
    [of.working, { state: "running", attempts: 1, ...held }],
    [of.paused, { state: "done", outcome: "proven", finishedAt: longAgo }],
    [of.ended, { state: "cancelled", finishedAt: longAgo }],
  ];
  const jobId = randomUUID();
  if (queue && of.checking) {
    items.push([of.checking, { state: "queued", jobId }]);
    await queue.send(db, [{ jobId, roundId, ...ownerOf(of.checking) }]);
    await db.$executeRaw`UPDATE pgboss.job SET "start_after" = ${farOff} WHERE "id" = ${jobId}::uuid`;
  }
  for (const [connection, item] of items)
    if (connection) await db.auditItem.create({ data: { roundId, readyAt: farOff, ...ownerOf(connection), ...item } });
}

/** Sessions that run and that are over, a membership of each kind, and an invitation. */
async function people(access: PersonalAccess): Promise<void> {
  const { person, customer } = access;
  for (const expiresAt of [longAgo, farOff])
    await db.session.create({ data: { tokenDigest: tokenDigest(newToken()), userId: person.id, expiresAt } });
  await db.membership.create({
    data: { userId: person.id, customerId: customer.id, source: "invitation", role: "viewer" },
  });
  await invitePerson(access, { email: "robin@invited.test", role: "viewer" }, new Date());
}

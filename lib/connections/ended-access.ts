import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { noteAccessBack, noteAccessGone } from "@/lib/connection-status/end";
import { lockConnection } from "@/lib/connection-status/lock-connection";
import type { AccessAnswer, Actor, ConnectionScope, CrossAccountClient } from "@/lib/crossaccount";
import { crossAccount } from "@/lib/crossaccount-client/client";
import { type Database, db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { logFailure } from "@/lib/log-failure";
import { takeFromLimit } from "@/lib/rate-limits";
import type { CustomerAccess } from "@/lib/tenancy/access";
import { findOwnConnection } from "@/lib/tenancy/own-connection";
import { writeEndReceipt } from "./end-receipt";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Nobody else asks meanwhile, and someone does where this process goes away. */
const LEASE = 5 * MINUTE;
const atOnce = 100;

type Asking = Pick<CrossAccountClient, "probeAccess">;

/** Has AWS asked for a week, from a minute after the end. */
export async function beginToAsk(transaction: Database, owner: ConnectionScope, now: Date): Promise<void> {
  const when = { nextAskAt: after(now, MINUTE), askUntil: after(now, WEEK) };
  await transaction.endedAccess.create({ data: { ...owner, ...when } });
}

/**
 * Asks AWS now whether it still lets us in, for whoever has just deleted the stack.
 * @throws AppError `not-found`, `conflict` for a connection that has not ended, `rate-limited`
 */
export async function checkEndedAccess(
  access: CustomerAccess,
  connectionId: string,
): Promise<Pick<AccessAnswer, "answer">> {
  const connection = await findOwnConnection(access, connectionId);
  if (connection.disconnectedAt === null || connection.roleArnCiphertext === null)
    throw new AppError("conflict", "This connection has not ended, so it is verified instead.");
  await takeFromLimit("findRole", connection.customerId);
  const owner = { customerId: connection.customerId, connectionId: connection.id };
  const { answer } = await ask(crossAccount, owner, access.actor);
  await recordActivity(db, {
    ...{ actor: access.actor, ...owner, action: "connection.access-checked" },
    detail: { answer },
  });
  return { answer };
}

/** Asks for each connection that is due, one after another, whichever worker does it. */
export async function askDue({
  client,
  signal,
  clock,
}: {
  client: Asking;
  signal: AbortSignal;
  clock: () => Date;
}): Promise<number> {
  const due = await claimDue(clock());
  for (const owner of due) {
    signal.throwIfAborted();
    await ask(client, owner, { type: "system", id: "access-check" }, signal).catch((error: unknown) =>
      logFailure(error, "whether access is gone could not be asked", { connectionId: owner.connectionId }),
    );
  }
  return due.length;
}

function claimDue(now: Date): Promise<ConnectionScope[]> {
  return db.$queryRaw<ConnectionScope[]>`
    UPDATE "EndedAccess" SET "nextAskAt" = ${after(now, LEASE)}::timestamptz WHERE "connectionId" IN (
      SELECT "connectionId" FROM "EndedAccess" WHERE "nextAskAt" <= ${now}::timestamptz
      ORDER BY "nextAskAt" LIMIT ${atOnce} FOR UPDATE SKIP LOCKED)
    RETURNING "connectionId", "customerId"`;
}

async function ask(client: Asking, owner: ConnectionScope, actor: Actor, signal?: AbortSignal): Promise<AccessAnswer> {
  const answer = await client.probeAccess({ ...owner, actor, ...(signal && { signal }) });
  await db.$transaction((transaction) => record(transaction, owner, answer));
  return answer;
}

/** Keeps what AWS said, unless something that was asked later is known already. */
async function record(transaction: Database, owner: ConnectionScope, answer: AccessAnswer): Promise<void> {
  const connection = await lockConnection(transaction, owner);
  if (!connection?.disconnectedAt) return;
  const at = new Date(answer.at);
  const known = await transaction.endedAccess.upsert({
    where: owner,
    create: { ...owner, askUntil: after(connection.disconnectedAt, WEEK) },
    update: {},
  });
  if (known.lastAskedAt && known.lastAskedAt > at) return;
  const isOver = at >= known.askUntil;
  const wasGone = connection.accessGoneAt !== null;
  if (answer.answer === "refused" && !wasGone) {
    await noteAccessGone(transaction, owner, at);
    await writeEndReceipt(transaction, connection, answer);
  }
  if (answer.answer === "allowed") {
    await noteAccessBack(transaction, owner);
    if (wasGone || (isOver && known.nextAskAt !== null)) await writeEndReceipt(transaction, connection, answer);
  }
  await transaction.endedAccess.updateMany({
    where: owner,
    data: {
      ...{ lastAskedAt: at, lastAnswer: answer.answer },
      nextAskAt: nextAsk({ endedAt: connection.disconnectedAt, askUntil: known.askUntil }, answer.answer, at),
    },
  });
}

/**
 * AWS is left in peace for as long as the end is past, a day at most, however often people ask besides. The last time is when the week is
 * over; without an answer then, every hour of one day more.
 */
function nextAsk(
  { endedAt, askUntil }: { endedAt: Date; askUntil: Date },
  answer: AccessAnswer["answer"],
  now: Date,
): Date | null {
  if (now >= askUntil) {
    const next = after(now, HOUR);
    return answer === "unclear" && next < after(askUntil, DAY) ? next : null;
  }
  const next = after(now, Math.min(Math.max(now.getTime() - endedAt.getTime(), MINUTE), DAY));
  return next < askUntil ? next : askUntil;
}

function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}

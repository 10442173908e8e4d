import "server-only";
import { recordActivity } from "@/lib/activity-log/record-activity";
import { databaseTime } from "@/lib/database-time";
import { db } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { AuditRound } from "@/lib/generated/prisma/client";
import { isDuplicate } from "@/lib/prisma-errors";
import type { StaffAccess } from "@/lib/tenancy/access";
import { admitNext, nobodyYet } from "./admit";
import { dropCancelled } from "./cancelled";
import type { RoundView } from "./schema";
import { countItems, nothingCounted, type RoundCounts } from "./tally";

const roundsAtMost = 30;

/**
 * Asks for an audit of every proven connection, now. The first of them join the round with it, and what is more than a request has
 * time for, as the worker plans. @throws AppError `conflict` while another such round runs */
export async function startRound(access: StaffAccess, now: Date): Promise<{ roundId: string }> {
  try {
    return await db.$transaction(async (transaction) => {
      const { id: roundId } = await transaction.auditRound.create({
        data: {
          kind: "all",
          startedByType: access.actor.type,
          startedById: access.actor.id,
          startedAt: now,
          ...nobodyYet(now),
        },
      });
      const { admitted, whole } = await admitNext(transaction, roundId, now);
      await recordActivity(transaction, {
        actor: access.actor,
        action: "audit-round.started",
        detail: { roundId, ...(whole && { connections: admitted }) },
      });
      return { roundId };
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    throw new AppError(
      "conflict",
      "An audit run of all connections is already under way. Look at it, or cancel it first.",
    );
  }
}

/** Begins nothing more of a round; what a worker holds already is still recorded. */
export async function cancelRound(access: StaffAccess, roundId: string, now: Date): Promise<void> {
  await db.$transaction(async (transaction) => {
    const { count } = await transaction.auditRound.updateMany({
      where: { id: roundId, kind: "all", state: "running" },
      data: { state: "cancelled", finishedAt: now, admittedThrough: null },
    });
    if (count === 0) {
      throw new AppError("conflict", "This audit run has already ended, so there is nothing to cancel.");
    }
    await dropCancelled(transaction, now);
    await recordActivity(transaction, {
      actor: access.actor,
      action: "audit-round.cancelled",
      detail: { roundId },
    });
  });
}

/** The last rounds, newest first. */
export async function listRounds(_access: StaffAccess, now: Date = databaseTime()): Promise<RoundView[]> {
  const rounds = await db.auditRound.findMany({ orderBy: { startedAt: "desc" }, take: roundsAtMost });
  const counts = await countItems(
    db,
    rounds.map(({ id }) => id),
  );
  return rounds.map((round) => roundView(round, counts.get(round.id), now));
}

/** @throws AppError `not-found` */
export async function getRound(_access: StaffAccess, roundId: string, now: Date = databaseTime()): Promise<RoundView> {
  const round = await db.auditRound.findUnique({ where: { id: roundId } });
  if (!round) throw notFound("round");
  return roundView(round, (await countItems(db, [roundId])).get(roundId), now);
}

function roundView(round: AuditRound, counted: RoundCounts | undefined, now: Date): RoundView {
  const { total, ended: counts } = counted ?? nothingCounted;
  const done = Object.values(counts).reduce((one, other) => one + other, 0);
  const { id, kind, state, startedAt, finishedAt } = round;
  const admitting = round.admittedThrough !== null;
  const known = state === "running" && !admitting;
  const recorded = done - counts.cancelled;
  const secondsLeft = known ? timeLeft({ recorded, left: total - done, since: startedAt, now }) : null;
  return { id, kind, state, startedAt, finishedAt, total, admitting, done, counts, secondsLeft };
}

/** From the pace so far; nothing while too few are done to say. */
function timeLeft({ recorded, left, since, now }: { recorded: number; left: number; since: Date; now: Date }) {
  const seconds = (now.getTime() - since.getTime()) / 1_000;
  if (recorded < 3 || seconds <= 0) return null;
  return Math.ceil((left * seconds) / recorded);
}

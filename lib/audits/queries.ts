import "server-only";
import type { ConnectionScope } from "@/lib/crossaccount";
import { stoppedStatuses } from "@/lib/crossaccount/status";
import { db } from "@/lib/db";
import { openChange } from "@/lib/drift/record-drift";
import { type DriftKind, driftKinds } from "@/lib/drift/state";
import { notFound } from "@/lib/errors";
import type { Drift } from "@/lib/generated/prisma/client";
import type { CustomerAccess, StaffAccess } from "@/lib/tenancy/access";
import { connectionIdFrom, findOwnConnection } from "@/lib/tenancy/own-connection";
import { outcomeOf } from "@/lib/verifications/views";
import type { DriftView, HistoryView } from "./schema";
import { rotationOutcomes } from "./state";

const atOnce = 100;

/** Changes of the role, those that last first. @throws AppError `not-found`, also for someone else's */
export async function listDrift(access: CustomerAccess, connectionId: string): Promise<DriftView[]> {
  const { id, customerId } = await findOwnConnection(access, connectionId);
  return driftOf({ connectionId: id, customerId });
}

/** @throws AppError `not-found` */
export async function listDriftForStaff(_access: StaffAccess, connectionId: string): Promise<DriftView[]> {
  return driftOf(await ownerOf(connectionId));
}

/** What happened to a connection, the latest of it, or what came before a time. @throws AppError `not-found`, also for someone else's */
export async function connectionHistory(
  access: CustomerAccess,
  connectionId: string,
  before?: Date,
): Promise<HistoryView> {
  const { id, customerId } = await findOwnConnection(access, connectionId);
  return historyOf({ connectionId: id, customerId }, before);
}

/** @throws AppError `not-found` */
export async function connectionHistoryForStaff(
  _access: StaffAccess,
  connectionId: string,
  before?: Date,
): Promise<HistoryView> {
  return historyOf(await ownerOf(connectionId), before);
}

async function ownerOf(connectionId: string): Promise<ConnectionScope> {
  const connection = await db.connection.findUnique({ where: { id: connectionIdFrom(connectionId) } });
  if (!connection) throw notFound("connection");
  return { connectionId: connection.id, customerId: connection.customerId };
}

async function driftOf(owner: ConnectionScope, within: { gte?: Date; lt?: Date } = {}): Promise<DriftView[]> {
  const rows = await db.drift.findMany({
    // After a roll-back there may be others, which only the newer version can tell.
    where: { ...owner, kind: { in: [...driftKinds] }, firstSeenAt: within },
    orderBy: [{ endedAt: { sort: "desc", nulls: "first" } }, { firstSeenAt: "desc" }],
    take: 50,
  });
  return Promise.all(rows.map(driftView));
}

async function rotationsOf(
  owner: ConnectionScope,
  within: { gte?: Date; lt?: Date },
): Promise<HistoryView["rotations"]> {
  const rows = await db.rotation.findMany({
    // Prisma takes a condition without bounds for one that nothing meets.
    where: { ...owner, ...((within.gte || within.lt) && { OR: [{ startedAt: within }, { endedAt: within }] }) },
    orderBy: { startedAt: "desc" },
    take: 50,
  });
  const isWithin = ({ at }: { at: Date }) => (!within.gte || at >= within.gte) && (!within.lt || at < within.lt);
  return rows
    .flatMap(({ startedAt, endedAt, outcome }) => {
      // After a roll-back there may be others, which only the newer version can tell.
      const ended = rotationOutcomes.find((known) => known === outcome);
      return [{ what: "started" as const, at: startedAt }, ...(endedAt && ended ? [{ what: ended, at: endedAt }] : [])];
    })
    .filter(isWithin)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
}

async function driftView(row: Drift): Promise<DriftView> {
  const { id, connectionId, customerId, notSeenAt, firstSeenAt, verificationId, endedAt } = row;
  const change = await openChange(row.detailCiphertext, { connectionId, customerId });
  return { id, kind: driftKind(row.kind), ...change, notSeenAt, firstSeenAt, verificationId, endedAt };
}

function driftKind(text: string): DriftKind {
  const known = driftKinds.find((kind) => kind === text);
  if (known) return known;
  throw new Error("This version does not know the kind of a stored drift.");
}

async function historyOf(owner: ConnectionScope, before?: Date): Promise<HistoryView> {
  const until = before ? { lt: before } : {};
  const [latestChanges, latestRuns, schedule] = await Promise.all([
    db.connectionStatusChange.findMany({ where: { ...owner, at: until }, orderBy: { at: "desc" }, take: atOnce + 1 }),
    db.verification.findMany({
      where: { ...owner, startedAt: until },
      orderBy: { startedAt: "desc" },
      take: atOnce + 1,
    }),
    // None is made of what is stopped, whatever is planned.
    db.auditSchedule.findUnique({
      where: { ...owner, connection: { status: { notIn: [...stoppedStatuses] } } },
    }),
  ]);
  // Down to where both lists are whole.
  const since = latest(
    latestChanges.at(atOnce) && latestChanges.at(atOnce - 1)?.at,
    latestRuns.at(atOnce) && latestRuns.at(atOnce - 1)?.startedAt,
  );
  const changes = latestChanges.filter(({ at }) => !since || at >= since);
  const runs = latestRuns.filter(({ startedAt }) => !since || startedAt >= since);
  const within = { ...until, ...(since && { gte: since }) };
  const [found, drifts, rotations] = await Promise.all([
    findingsOf(
      owner,
      runs.map(({ id }) => id),
    ),
    driftOf(owner, within),
    rotationsOf(owner, within),
  ]);
  return {
    changes: changes.map(({ from, to, cause, at }) => ({ from, to, cause, at })),
    runs: runs.map(({ id, actorId, actorType, state, outcome, startedAt, finishedAt }) => ({
      id,
      byAudit: actorType === "system" && actorId === "audit",
      state,
      outcome: outcomeOf(outcome),
      failed: found(id, "failed"),
      warned: found(id, "warning"),
      startedAt,
      finishedAt,
    })),
    drifts,
    rotations,
    olderBefore: since ?? null,
    nextAuditAt: schedule?.nextAuditAt ?? null,
  };
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  return one && other ? new Date(Math.max(one.getTime(), other.getTime())) : (one ?? other);
}

/** How many checks of each run failed, or gave a warning. */
async function findingsOf({ customerId }: ConnectionScope, runIds: string[]) {
  const counts = await db.checkResult.groupBy({
    by: ["verificationId", "status"],
    where: { customerId, verificationId: { in: runIds }, status: { in: ["failed", "warning"] } },
    _count: true,
  });
  return (id: string, wanted: "failed" | "warning") =>
    counts.find(({ verificationId, status }) => verificationId === id && status === wanted)?._count ?? 0;
}

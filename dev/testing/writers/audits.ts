import { randomUUID } from "node:crypto";
import type { AuditDependencies } from "@/lib/audits/audit";
import { newTurns } from "@/lib/audits/choose-fairly";
import { giveBack, renewLeases, takeAudits } from "@/lib/audits/leases";
import { plan } from "@/lib/audits/plan";
import { runAudit } from "@/lib/audits/run-audit";
import { config } from "@/lib/config";
import type { VerificationReport } from "@/lib/crossaccount";
import { db } from "@/lib/db";
import { keepPicture } from "@/lib/drift/record-drift";
import type { Connection, Prisma } from "@/lib/generated/prisma/client";
import type { CarriedJob, Queue } from "@/lib/jobs/queue";
import { auditPolicy } from "@/lib/verifications/audit-policy";
import { farOff, longAgo, ownerOf } from "../neighbours";
import { cleanReport } from "./connections";
import { type Stage, type Staged, verifiedConnection, type Writer } from "./writer";

const now = new Date();
const policy = auditPolicy(config.audits);

function workerOf(queue: Queue, report?: VerificationReport): AuditDependencies {
  return {
    ...{ database: db, queue, policy, holder: randomUUID(), leaseMs: 60_000, clock: () => now, jitter: () => 0 },
    client: {
      async verifyIntegration() {
        if (!report) throw new Error("nothing was to be verified");
        return report;
      },
    },
  };
}

type Item = Partial<Prisma.AuditItemUncheckedCreateInput>;

/** An item of this connection, with a job of the queue where it has one. */
async function itemOf(
  { id }: { id: string },
  connection: Connection,
  queue: Queue,
  { jobId, ...item }: Item & { jobId?: string },
): Promise<CarriedJob> {
  const job = { jobId: jobId ?? "", roundId: id, ...ownerOf(connection) };
  if (jobId && item.state === "queued") await queue.send(db, [job]);
  await db.auditItem.create({
    data: { roundId: id, ...ownerOf(connection), readyAt: longAgo, jobId: jobId ?? null, ...item },
  });
  return job;
}

const newRound = (data: Prisma.AuditRoundCreateInput = { kind: "all" }) => db.auditRound.create({ data });

/** Work that this worker holds, with the same connection in another round and another connection of the owner in the same one. */
async function held(
  { owner, queue }: Stage,
  { holder }: AuditDependencies,
): Promise<{ job: CarriedJob; own: string[] }> {
  const [connection, beside] = [await verifiedConnection(owner), await verifiedConnection(owner)];
  const [round, other] = [await newRound(), await newRound({ kind: "scheduled", openUntil: farOff })];
  const item = () => ({ state: "running", attempts: 1, claim: holder, leaseUntil: now, jobId: randomUUID() }) as const;
  const job = await itemOf(round, connection, queue, item());
  await itemOf(round, beside, queue, item());
  await itemOf(other, connection, queue, item());
  return { job, own: [job.jobId] };
}

/** What one step of planning does to one connection. */
function planned(prepare: (stage: Stage, connection: Connection) => Promise<string[]>): Writer["stage"] {
  return async (stage) => {
    const connection = await verifiedConnection(stage.owner);
    const own = [connection.id, ...(await prepare(stage, connection))];
    return { own, act: () => plan({ database: db, queue: stage.queue, policy, queued: 40, turns: newTurns() }, now) };
  };
}

/**
 * What one step of planning does to one item, which is told by what stands as its outcome. The same connection is in another round,
 * and another connection in the same one, with `other`.
 */
function plannedItem(own: Item, other: Item, state: "running" | "cancelled" = "running"): Writer["stage"] {
  return async ({ owner, queue }) => {
    const [connection, beside] = [await verifiedConnection(owner), await verifiedConnection(owner)];
    const round = await newRound({ kind: "all", state });
    const elsewhere = await newRound({ kind: "scheduled", openUntil: farOff });
    const items: [{ id: string }, Connection, Item][] = [
      [round, connection, own],
      [round, beside, other],
      [elsewhere, connection, other],
    ];
    const marks = items.map(() => randomUUID());
    for (const [index, [{ id: roundId }, { id: connectionId, customerId }, item]] of items.entries())
      await db.auditItem.create({
        data: { ...{ roundId, connectionId, customerId }, readyAt: longAgo, outcome: marks[index] ?? "", ...item },
      });
    if (own.state === "running" && own.jobId)
      await queue.send(db, [{ jobId: own.jobId, roundId: round.id, ...ownerOf(connection) }]);
    const adds = [connection.id];
    const step = () => plan({ database: db, queue, policy, queued: 40, turns: newTurns() }, now);
    return { own: [marks[0] ?? "", ...(own.jobId ? [own.jobId] : [])], adds, act: step };
  };
}

async function audited(stage: Stage, kept: VerificationReport, found: VerificationReport): Promise<Staged> {
  const connection = await verifiedConnection(stage.owner);
  await keepPicture(db, ownerOf(connection), kept, longAgo);
  const worker = workerOf(stage.queue, found);
  const item = { state: "running", claim: worker.holder, leaseUntil: farOff, jobId: randomUUID() } as const;
  const job = await itemOf(await newRound(), connection, stage.queue, item);
  return { own: [connection.id], adds: [connection.customerId], act: () => runAudit(worker, job, AbortSignal.any([])) };
}

const changedRole = () => ({
  ...cleanReport(now),
  picture: { roleId: "AROAOTHEROTHEROTHER0", maxSessionDuration: 7_200 },
});

export const auditWriters: Record<string, Writer> = {
  "work that is taken": {
    in: ["audits/leases.ts"],
    writes: ["AuditItem", "job"],
    async stage({ owner, queue }) {
      const round = await newRound();
      for (let made = 0; made < 2; made += 1)
        await itemOf(round, await verifiedConnection(owner), queue, { state: "queued", jobId: randomUUID() });
      const own: string[] = [];
      return {
        own,
        act: async () => own.push(...(await takeAudits(workerOf(queue), 1, now)).map(({ jobId }) => jobId)),
      };
    },
  },
  "work that goes on": {
    in: ["audits/leases.ts"],
    writes: ["AuditItem"],
    async stage(stage) {
      const worker = workerOf(stage.queue);
      const { job, own } = await held(stage, worker);
      return { own, act: () => renewLeases(worker, [job.jobId], now) };
    },
  },
  "work that is given back": {
    in: ["audits/leases.ts"],
    writes: ["AuditItem"],
    async stage(stage) {
      const worker = workerOf(stage.queue);
      const { job, own } = await held(stage, worker);
      return { own, adds: [job.connectionId], act: () => giveBack(worker, job, { now }) };
    },
  },
  "an audit that finds a changed role": {
    in: ["audits/leases.ts", "audits/record-audit.ts", "drift/record-drift.ts"],
    writes: [
      ...["AuditItem", "AuditSchedule", "Connection", "ConnectionStatusChange", "Drift", "RolePicture"],
      ...["Event", "Receipt", "Verification"],
    ],
    stage: (stage) => audited(stage, cleanReport(longAgo), changedRole()),
  },
  "an audit of what is not watched any more": {
    in: ["audits/leases.ts"],
    writes: ["AuditItem"],
    async stage(stage) {
      const worker = workerOf(stage.queue);
      const { job, own } = await held(stage, worker);
      await db.connection.update({ where: { id: job.connectionId }, data: { status: "disconnected" } });
      return { own, adds: [job.connectionId], act: () => runAudit(worker, job, AbortSignal.any([])) };
    },
  },
  "a connection that falls due": {
    in: ["audits/plan.ts"],
    writes: ["AuditItem", "AuditSchedule", "job"],
    stage: planned(async (_stage, connection) => {
      await db.auditSchedule.create({ data: { ...ownerOf(connection), nextAuditAt: longAgo } });
      const windowAt = new Date(Math.floor(now.getTime() / policy.recheckAfterMs) * policy.recheckAfterMs);
      await newRound({ kind: "scheduled", windowAt, openUntil: farOff });
      return [];
    }),
  },
  "work that is handed to the queue": {
    in: ["audits/choose-fairly.ts"],
    writes: ["AuditItem", "job"],
    stage: plannedItem({ state: "waiting" }, { state: "waiting", readyAt: farOff }),
  },
  "work whose worker went away": {
    in: ["audits/plan.ts", "jobs/queue.ts"],
    writes: ["AuditItem", "job"],
    stage: plannedItem(
      { state: "running", attempts: 5, claim: randomUUID(), leaseUntil: longAgo, jobId: randomUUID() },
      { state: "running", attempts: 5, claim: randomUUID(), leaseUntil: farOff },
    ),
  },
  "work whose job the queue lost": {
    in: ["audits/plan.ts"],
    writes: ["AuditItem"],
    stage: plannedItem({ state: "queued", jobId: randomUUID() }, { state: "waiting", readyAt: farOff }),
  },
  "what waits in a round that was cancelled": {
    in: ["audits/cancelled.ts"],
    writes: ["AuditItem"],
    stage: plannedItem({ state: "waiting" }, { state: "done", readyAt: farOff }, "cancelled"),
  },
  "a round with nothing left to do": {
    in: ["audits/plan.ts"],
    writes: ["AuditRound"],
    stage: planned(async ({ queue }, connection) => {
      const round = await newRound();
      await itemOf(round, connection, queue, { state: "done", outcome: "proven" });
      // One that has something left although its window is over, and one with nothing left whose window goes on.
      const late = await newRound({ kind: "scheduled", openUntil: longAgo });
      await itemOf(late, connection, queue, { state: "waiting", readyAt: farOff });
      await newRound({ kind: "scheduled", openUntil: farOff });
      return [round.id];
    }),
  },
};
